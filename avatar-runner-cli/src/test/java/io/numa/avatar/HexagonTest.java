package io.numa.avatar;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** Checks the main classes of all modules together against the rules. */
@AnalyzeClasses(
    packages = "io.numa.avatar",
    importOptions = {DoNotIncludeTests.class, HexagonTest.NoTestJars.class})
class HexagonTest {
  @ArchTest static final ArchTests forEachModule = ArchTests.in(ArchitectureRules.class);
  @ArchTest static final ArchTests betweenModules = ArchTests.in(HexagonRules.class);

  /** Leaves out the jar in which the core shares its rules. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }
}
