package io.numa.avatar;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

class ArchitectureRulesBiteTest extends BitingRules {
  ArchitectureRulesBiteTest() {
    super(ArchitectureRules.class, "io.numa.avatar.archfixtures.avatar");
  }

  @Override
  Stream<Arguments> offences() {
    return Stream.of(
        arguments("CORE_KEEPS_TO_THE_JDK_AND_TWO_APIS", "run.ReachesForALibrary"),
        arguments("PACKAGES_HAVE_NO_CYCLES", "plan.RunsInCircles"),
        arguments("PACKAGES_HAVE_NO_CYCLES", "run.log.CallsBackUp"),
        arguments("ROOMS_OF_THE_PIPELINE_ARE_PRIVATE", "worker.OpensARoom"),
        arguments("VALUES_AND_PORTS_KNOW_NO_PIPELINE", "port.KnowsThePipeline"),
        arguments("VALUES_AND_PORTS_DO_NOT_LOG", "task.TalksOfItself"),
        arguments("VALUES_ARE_CLOSED", "plan.AnybodyMayBeOne"),
        arguments("VALUES_ARE_CLOSED", "plan.HoldsAnOpenClass$Open"),
        arguments("CLASSES_ARE_NOT_LEFT_OPEN", "worker.LeftOpen"),
        arguments("CLASSES_ARE_NOT_LEFT_OPEN", "worker.OpenException"),
        arguments("STATICS_NEVER_CHANGE", "worker.CountsForAll"),
        arguments("STATICS_NEVER_CHANGE", "worker.GathersForAll"),
        arguments("CLASSES_OF_OLD_HAVE_NEW_ONES", "run.KeepsAFile"),
        arguments("SHORTENING_HAS_ONE_HOME", "run.CutsAText"),
        arguments("TIME_HAS_ONE_HOME", "run.LooksAtTheClock.now"),
        arguments("TIME_HAS_ONE_HOME", "run.LooksAtTheClock.elapsed"),
        arguments("TIME_HAS_ONE_HOME", "run.LooksAtTheClock.sleep"),
        arguments("TIME_HAS_ONE_HOME", "run.LooksAtTheClock.timer"),
        arguments("INTERRUPTS_ARE_CLEARED_IN_ONE_PLACE", "run.ClearsTheInterrupt"));
  }
}
