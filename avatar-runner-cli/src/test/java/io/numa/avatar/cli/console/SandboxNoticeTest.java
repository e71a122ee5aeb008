package io.numa.avatar.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import io.numa.avatar.testkit.ScriptedSandboxes;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxNoticeTest {
  private static final RepositoryUrl SHOP = RepositoryUrl.parse("https://git.example.com/shop.git");
  private final ScriptedSandboxes sandboxes = new ScriptedSandboxes();

  @Test
  void tellsOnceWhatAllKindsOfWorkGet() {
    assertThat(SandboxNotice.atStart(sandboxes))
        .isEqualTo("sandbox of run, test, agent: egress by bubblewrap");
  }

  @Test
  void tellsWhatDiffersAndWhatDoesNotRun() {
    sandboxes
        .with(WorkKind.RUN, report(SandboxProfile.OFF, List.of()))
        .lacking(WorkKind.AGENT, "sandbox.minimum.agent is isolated: install bubblewrap");

    assertThat(SandboxNotice.atStart(sandboxes))
        .isEqualTo(
            "sandbox of run: off; test: egress by bubblewrap; agent: left to other avatars, as"
                + " sandbox.minimum.agent is isolated: install bubblewrap");
  }

  @Test
  void notesASandboxThatHoldsLessThanItsProfileSays() {
    assertThat(SandboxNotice.weaker(sandboxes, SHOP)).isEmpty();
    sandboxes.with(WorkKind.RUN, report(SandboxProfile.EGRESS, List.of("memory")));
    assertThat(SandboxNotice.weaker(sandboxes, SHOP)).isEmpty();

    sandboxes.with(WorkKind.TEST, report(SandboxProfile.EGRESS, List.of("network", "memory")));

    assertThat(SandboxNotice.weaker(sandboxes, SHOP))
        .containsExactly(
            "the sandbox holds less than it should: egress by landlock, lacks: network, memory;"
                + " 'avatar doctor' says why");
  }

  private static SandboxReport report(SandboxProfile profile, List<String> lacks) {
    return new SandboxReport(profile, "landlock", lacks, List.of());
  }
}
