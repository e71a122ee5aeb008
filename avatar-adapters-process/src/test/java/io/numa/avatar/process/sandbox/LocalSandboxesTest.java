package io.numa.avatar.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.port.sandbox.EgressPorts;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.port.sandbox.SandboxLevel;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.helper.HelperProgram;
import io.numa.avatar.process.sandbox.settings.RepositoryRule;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.time.Interrupts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The levels that are told, at what this machine has and at less. */
class LocalSandboxesTest {
  private static final RepositoryUrl LEGACY = RepositoryUrl.parse("https://git.test/legacy");

  @TempDir static Path state;
  @TempDir Path folder;

  @Test
  void looksAtTheMachineOnlyWhenALevelIsAskedFor() {
    var settings = TestSandboxes.settings(folder, SandboxProfile.OFFLINE);
    var sandboxes = new LocalSandboxes(settings, Optional.empty());
    var off = TestSandboxes.best(folder, SandboxProfile.OFF);

    assertThat(sandboxes.problem(WorkKind.RUN, Optional.empty())).isEmpty();
    assertThat(level(off).report().means()).isEqualTo("none");
    assertThat(folder).isEmptyDirectory();

    level(sandboxes);
    assertThat(folder).isNotEmptyDirectory();
  }

  /** Such a machine may have been another one when the command was made ready. */
  @Test
  void letsNoCommandWaitWithoutTheHelper() {
    var site = new SandboxSite(WorkKind.RUN, LEGACY, folder, Set.of());
    var request =
        new SandboxRequest(
            site,
            Optional.empty(),
            folder,
            List.of("/bin/true"),
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            true);

    for (LocalSandboxes none :
        List.of(
            TestSandboxes.with(state, SandboxProfile.OFFLINE, false, "bwrap"),
            TestSandboxes.best(state, SandboxProfile.OFF))) {
      assertThat(none.canWait(site)).isFalse();
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> none.hold(request))
          .returns(FailureKind.SANDBOX_UNAVAILABLE, PortException::kind);
    }
  }

  @Test
  void looksAgainAfterALookThatWasInterrupted() {
    LocalSandboxes sandboxes = TestSandboxes.best(folder, SandboxProfile.OFFLINE);
    Thread.currentThread().interrupt();
    try {
      level(sandboxes);
    } catch (PortException e) {
      // It fails, or finds out less.
    }
    assertThat(Interrupts.take()).isTrue();

    assertThat(level(sandboxes).report().means()).isEqualTo("bubblewrap");
  }

  @Test
  void tellsWhatBubblewrapHolds() {
    SandboxLevel level = level(TestSandboxes.best(state, SandboxProfile.OFFLINE));

    assertThat(level.report().means()).isEqualTo("bubblewrap");
    assertThat(level.report().lacks()).isSubsetOf("memory", "process_count");
  }

  @Test
  void tellsThatTheMachinesNetworkIsReachedWhereASandboxIsOnlyIsolated() {
    SandboxLevel level = level(TestSandboxes.best(state, SandboxProfile.ISOLATED));

    assertThat(level.report().lacks()).contains("loopback").doesNotContain("network");
  }

  @Test
  void tellsThatThereIsNoWayToTheNetworkWithoutAnEgress() {
    SandboxLevel level = level(TestSandboxes.best(state, SandboxProfile.EGRESS));

    assertThat(level.report().lacks()).contains("egress").doesNotContain("network");
  }

  @Test
  void triesTheWayOut() {
    SandboxLevel level = level(withEgress(new EchoingEgress(folder)));

    assertThat(level.report().lacks()).isSubsetOf("memory", "process_count");
  }

  @Test
  void tellsThatTheWayOutLeadsNowhere() {
    var nowhere = new EgressPorts(Set.of(80), Set.of(), Set.of(), Set.of());

    assertNoWayOut(
        new AlteredEgress(new EchoingEgress(folder), right -> nowhere),
        "the allowed port is not reached");
  }

  @Test
  void tellsThatTheWayOutLeadsEverywhere() {
    assertNoWayOut(captures(Set.of(80, 443)), "what is not allowed is reached");
  }

  @Test
  void tellsThatTheWayOutFindsNoNames() {
    assertNoWayOut(captures(Set.of()), "names are not found");
  }

  @Test
  void tellsThatTheWayOutCannotBeOpened() {
    Egress closed =
        request -> {
          throw new PortException(FailureKind.UNAVAILABLE, "no socket");
        };

    assertNoWayOut(closed, "no socket");
  }

  private Egress captures(Set<Integer> captured) {
    return new AlteredEgress(
        new EchoingEgress(folder),
        right -> new EgressPorts(captured, right.local(), Set.of(), Set.of()));
  }

  private void assertNoWayOut(Egress egress, String reason) {
    LocalSandboxes sandboxes = withEgress(egress);

    assertThat(level(sandboxes).report().lacks()).contains("egress").doesNotContain("network");
    assertThat(sandboxes.advice())
        .isEqualTo("the way out of sandboxes does not work here (" + reason + ")");
  }

  @Test
  void triesTheWayOutOnlyWhereAProfileNeedsIt() {
    var egress = new EchoingEgress(folder);
    level(
        new LocalSandboxes(
            TestSandboxes.settings(state, SandboxProfile.OFFLINE), Optional.of(egress)));

    assertThat(egress.requests()).isEmpty();
  }

  private LocalSandboxes withEgress(Egress egress) {
    return new LocalSandboxes(
        TestSandboxes.settings(state, SandboxProfile.EGRESS), Optional.of(egress));
  }

  @Test
  void tellsWhatTheHelperWouldHold() {
    SandboxLevel level =
        level(TestSandboxes.with(state, SandboxProfile.EGRESS, false, "bwrap", "setsid"));

    assertThat(level.report().means()).isEqualTo("bubblewrap");
    assertThat(level.report().lacks())
        .containsExactlyInAnyOrder("limits", "system_calls", "egress", "memory", "process_count");
  }

  @Test
  void tellsWhatTheSystemsProgramsHold() {
    SandboxLevel level =
        level(
            TestSandboxes.with(
                state, SandboxProfile.OFFLINE, true, "unshare", "mount", "umount", "pivot_root"));

    assertThat(level.report().means()).isEqualTo("unshare");
    assertThat(level.report().lacks()).isSubsetOf("memory", "process_count");
  }

  @Test
  void tellsWhatLandlockHoldsAlone() {
    SandboxLevel level = level(TestSandboxes.with(state, SandboxProfile.EGRESS, true));

    assertThat(level.report().means()).isEqualTo("landlock");
    assertThat(level.report().lacks())
        .contains("processes", "ipc", "network", "loopback", "egress")
        .doesNotContain("files", "privileges", "limits", "system_calls");
  }

  @Test
  void tellsThatNothingHolds() {
    SandboxLevel level = level(TestSandboxes.with(state, SandboxProfile.PROCESS, false));

    assertThat(level.report().means()).isEqualTo("none");
    assertThat(level.report().lacks())
        .containsExactlyInAnyOrder("privileges", "processes", "limits", "memory", "process_count");
  }

  @Test
  void tellsHowToReachTheMinimum() {
    var sandboxes =
        new LocalSandboxes(
            TestSandboxes.settings(state, SandboxProfile.EGRESS)
                .withMinimums(Map.of(WorkKind.AGENT, SandboxProfile.ISOLATED)),
            Optional.empty(),
            () -> new Tools(List.of(), new HelperProgram.Missing("masked by a test")));

    assertThat(level(sandboxes).problem()).isEmpty();
    assertThat(sandboxes.level(WorkKind.AGENT, Optional.empty()).problem())
        .contains(
            "sandbox.minimum.agent is isolated, which this machine cannot hold:"
                + " install the package bubblewrap");
  }

  @Test
  void followsTheFirstRuleForARepository() {
    var settings =
        TestSandboxes.settings(state, SandboxProfile.OFFLINE)
            .withRepositories(
                List.of(
                    rule(Optional.empty(), new HostAndPort("db.test", 5432)),
                    rule(Optional.of(SandboxProfile.OFF), new HostAndPort("other.test", 1))));

    assertThat(settings.profile(WorkKind.RUN, Optional.of(LEGACY)))
        .isEqualTo(SandboxProfile.OFFLINE);
    assertThat(settings.allowed(LEGACY)).containsExactly(new HostAndPort("db.test", 5432));
    assertThat(settings.allowed(RepositoryUrl.parse("https://git.test/new"))).isEmpty();
  }

  private static RepositoryRule rule(Optional<SandboxProfile> profile, HostAndPort allowed) {
    return new RepositoryRule(LEGACY::equals, profile, List.of(allowed));
  }

  private static SandboxLevel level(LocalSandboxes sandboxes) {
    return sandboxes.level(WorkKind.RUN, Optional.empty());
  }
}
