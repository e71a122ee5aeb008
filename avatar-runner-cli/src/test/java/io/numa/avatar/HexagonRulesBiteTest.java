package io.numa.avatar;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

class HexagonRulesBiteTest extends BitingRules {
  HexagonRulesBiteTest() {
    super(HexagonRules.class, "io.numa.avatar.hexagonfixtures.avatar");
  }

  @Override
  Stream<Arguments> offences() {
    return Stream.of(
        arguments("ADAPTERS_NEVER_SEE_EACH_OTHER", "git.AsksTheBackend"),
        arguments("ADAPTERS_NEVER_SEE_EACH_OTHER", "journal.AsksTheBackend"),
        arguments("ADAPTERS_ARE_SEEN_BY_THE_RUNNER_ALONE", "worker.KnowsTheBackend"),
        arguments("ADAPTERS_ARE_SEEN_BY_THE_RUNNER_ALONE", "worker.KnowsTheJournal"),
        arguments("ADAPTERS_ARE_SEEN_BY_THE_RUNNER_ALONE", "worker.KnowsTheQueue"),
        arguments("INTERNAL_PACKAGES_ARE_PRIVATE", "cli.command.LooksInside"),
        arguments("GUICE_ONLY_WIRES", "cli.command.InjectsItself"),
        arguments("GUICE_ONLY_WIRES", "cli.command.LooksUp"),
        arguments("PICOCLI_ONLY_READS_COMMANDS_AND_COLOURS", "cli.console.IsACommand"),
        arguments("COLOURS_ARE_FOR_THE_CONSOLE", "cli.config.IsColourful"),
        arguments("JGIT_STAYS_WITH_GIT", "run.MakesCommits"),
        arguments("JGIT_STAYS_WITH_GIT", "process.ServesSsh"),
        arguments("HTTP_CLIENT_STAYS_WITH_THE_ADAPTERS", "cli.command.CallsOut"),
        arguments("HTTP_CLIENTS_BEGIN_IN_ONE_PLACE", "backend.MakesItsOwnClient"),
        arguments("WRAPPERS_PASS_ON_EACH_METHOD", "worker.ForgetsToPrepare"),
        arguments("RETRIES_STAY_WITH_HTTP_CALLS", "cli.command.TriesAgain"),
        arguments("HTTP_CALLS_ARE_FOR_ADAPTERS", "worker.TriesAgain"),
        arguments("DATABASE_STAYS_WITH_THE_JOURNAL", "run.AsksTheDatabase"),
        arguments("DATABASE_STAYS_WITH_THE_JOURNAL", "cli.command.LooksIntoTheFile"),
        arguments("NATS_STAYS_WITH_ITS_QUEUE", "worker.ConnectsItself"),
        arguments("TRACES_STAY_WITH_TELEMETRY", "worker.TracesItself"),
        arguments("SCHEMAS_VALIDATE_DOCUMENTS_ALONE", "backend.ValidatesItself"),
        arguments("DOCUMENTS_KNOW_NO_OTHER_MODULE", "document.KnowsPlans"),
        arguments("TESTKIT_IS_FOR_THE_DEMO", "cli.command.PlaysAtWork"),
        arguments("PORTS_SPEAK_OF_VALUES_ALONE", "port.SpeaksJson"));
  }
}
