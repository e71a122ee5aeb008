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

/** Shows that each of {@link HexagonRules} can fail: a rule that cannot proves nothing. */
class HexagonRulesBiteTest {
  private static final String FIXTURES = "io.numa.avatar.hexagonfixtures.avatar";

  private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages(FIXTURES);

  static Stream<Arguments> offences() {
    return Stream.of(
        arguments("ADAPTERS_NEVER_SEE_EACH_OTHER", "git.AsksTheBackend"),
        arguments("ADAPTERS_ARE_SEEN_BY_THE_RUNNER_ALONE", "worker.KnowsTheBackend"),
        arguments("GUICE_ONLY_WIRES", "cli.command.InjectsItself"),
        arguments("GUICE_ONLY_WIRES", "cli.command.LooksUp"),
        arguments("PICOCLI_ONLY_READS_COMMANDS_AND_COLOURS", "cli.console.IsACommand"),
        arguments("COLOURS_ARE_FOR_THE_CONSOLE", "cli.config.IsColourful"),
        arguments("JGIT_STAYS_WITH_GIT", "run.MakesCommits"),
        arguments("JGIT_STAYS_WITH_GIT", "process.ServesSsh"),
        arguments("HTTP_CLIENT_STAYS_WITH_THE_BACKEND", "cli.command.CallsOut"),
        arguments("TESTKIT_IS_FOR_THE_DEMO", "cli.command.PlaysAtWork"),
        arguments("PORTS_SPEAK_OF_VALUES_ALONE", "port.SpeaksJson"));
  }

  @ParameterizedTest(name = "{0} bites {1}")
  @MethodSource("offences")
  void eachRuleBitesItsOffender(String rule, String offender) throws Exception {
    var result = ruleOf(HexagonRules.class.getDeclaredField(rule)).evaluate(OFFENDERS);

    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().getDetails())
        .anySatisfy(detail -> assertThat(detail).contains(FIXTURES + "." + offender));
  }

  @Test
  void everyRuleHasAnOffender() {
    var rules =
        Arrays.stream(HexagonRules.class.getDeclaredFields())
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
