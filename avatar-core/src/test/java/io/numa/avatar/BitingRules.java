package io.numa.avatar;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that each rule of a class can fail. A rule that cannot fail proves nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BitingRules {
  private final Class<?> rules;
  private final String fixtures;
  private final JavaClasses offenders;

  /**
   * @param fixtures the package of the offenders
   */
  BitingRules(Class<?> rules, String fixtures) {
    this.rules = rules;
    this.fixtures = fixtures;
    this.offenders = new ClassFileImporter().importPackages(fixtures);
  }

  /**
   * The name of a rule, and the name of a class that breaks it, relative to the fixtures' package.
   */
  abstract Stream<Arguments> offences();

  @ParameterizedTest(name = "{0} bites {1}")
  @MethodSource("offences")
  void eachRuleBitesItsOffender(String rule, String offender) throws Exception {
    var result = ((ArchRule) rules.getDeclaredField(rule).get(null)).evaluate(offenders);

    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().getDetails())
        .anySatisfy(detail -> assertThat(detail).contains(fixtures + "." + offender));
  }

  @Test
  void everyRuleHasAnOffender() {
    var names =
        Arrays.stream(rules.getDeclaredFields())
            .filter(field -> field.isAnnotationPresent(ArchTest.class))
            .map(field -> field.getName())
            .collect(toSet());

    assertThat(offences().map(offence -> (String) offence.get()[0]).collect(toSet()))
        .isEqualTo(names);
  }
}
