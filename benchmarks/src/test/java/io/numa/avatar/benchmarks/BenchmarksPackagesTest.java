package io.numa.avatar.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import io.numa.avatar.task.Task;
import org.junit.jupiter.api.Test;

/** Tests that benchmarks are outside of the product's packages. */
class BenchmarksPackagesTest {
  private static final ArchRule STAY_OUT =
      classes().should().resideInAPackage("io.numa.avatar.benchmarks..");

  @Test
  void benchmarksStayOutOfTheProductsPackages() {
    var here = Main.class.getProtectionDomain().getCodeSource().getLocation();

    STAY_OUT.check(
        new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importUrl(here));
  }

  @Test
  void theRuleBites() {
    var product = new ClassFileImporter().importClasses(Task.class);

    assertThat(STAY_OUT.evaluate(product).hasViolation()).isTrue();
  }
}
