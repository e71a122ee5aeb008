package io.numa.avatar;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that each of {@link ArchitectureRules} can fail: a rule that cannot proves nothing. */
class ArchitectureRulesBiteTest {
  private static final String FIXTURES = "io.numa.avatar.archfixtures.avatar";

  private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages(FIXTURES);

  static Stream<Arguments> offences() {
    return Stream.of(
        arguments("CORE_KEEPS_TO_THE_JDK_AND_TWO_APIS", "run.ReachesForALibrary"),
        arguments("PACKAGES_HAVE_NO_CYCLES", "plan.RunsInCircles"),
        arguments("VALUES_AND_PORTS_KNOW_NO_PIPELINE", "port.KnowsThePipeline"),
        arguments("VALUES_AND_PORTS_DO_NOT_LOG", "task.TalksOfItself"),
        arguments("VALUES_ARE_CLOSED", "plan.AnybodyMayBeOne"),
        arguments("VALUES_ARE_CLOSED", "plan.HoldsAnOpenClass$Open"),
        arguments("CLASSES_ARE_NOT_LEFT_OPEN", "worker.LeftOpen"),
        arguments("CLASSES_ARE_NOT_LEFT_OPEN", "worker.OpenException"),
        arguments("STATICS_NEVER_CHANGE", "worker.CountsForAll"),
        arguments("STATICS_NEVER_CHANGE", "worker.GathersForAll"),
        arguments("CLASSES_OF_OLD_HAVE_NEW_ONES", "run.KeepsAFile"));
  }

  @ParameterizedTest(name = "{0} bites {1}")
  @MethodSource("offences")
  void eachRuleBitesItsOffender(String rule, String offender) throws Exception {
    var result = ruleOf(ArchitectureRules.class.getDeclaredField(rule)).evaluate(OFFENDERS);

    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().getDetails())
        .anySatisfy(detail -> assertThat(detail).contains(FIXTURES + "." + offender));
  }

  @Test
  void everyRuleHasAnOffender() {
    var rules =
        Arrays.stream(ArchitectureRules.class.getDeclaredFields())
            .filter(field -> field.isAnnotationPresent(ArchTest.class))
            .map(Field::getName)
            .collect(toSet());

    assertThat(offences().map(offence -> (String) offence.get()[0]).collect(toSet()))
        .isEqualTo(rules);
  }

  private static ArchRule ruleOf(Field field) throws IllegalAccessException {
    return (ArchRule) field.get(null);
  }
}
