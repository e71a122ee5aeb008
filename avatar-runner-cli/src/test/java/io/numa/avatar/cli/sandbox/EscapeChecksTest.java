package io.numa.avatar.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.sandbox.Finding.Result;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.Guarantee;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks find their way out where there is no sandbox; else they would prove nothing. */
class EscapeChecksTest {
  private static final SandboxReport WHOLE =
      new SandboxReport(SandboxProfile.EGRESS, "none", List.of(), List.of());

  /** What only root can do without a sandbox, too. */
  private static final Set<Guarantee> OF_ROOT = Set.of(Guarantee.FILES, Guarantee.PRIVILEGES);

  @TempDir Path folder;

  @Test
  void everyCheckGetsOutWithoutASandbox() throws Exception {
    for (Finding finding : findings(WHOLE)) {
      boolean heldAnyway = isUser() && OF_ROOT.contains(finding.check().guarantee());
      assertThat(finding.isBroken() || finding.result() == Result.NOT_APPLICABLE || heldAnyway)
          .as(finding.check().name() + ": " + finding.result() + " " + finding.detail())
          .isTrue();
    }
  }

  @Test
  void whatIsNotPromisedBreaksNothing() throws Exception {
    var lacking =
        new SandboxReport(
            SandboxProfile.EGRESS,
            "none",
            Guarantee.promisedBy(SandboxProfile.EGRESS).stream().map(Guarantee::word).toList(),
            List.of());

    assertThat(findings(lacking)).noneMatch(Finding::isBroken);
  }

  @Test
  void aProbeThatDoesNotComeToItsEndProvesNothing() throws Exception {
    var killed = new EscapeCheck(Guarantee.FILES, "is ended", "kill -9 $$");

    assertThat(attempt(killed, WHOLE).isBroken()).isTrue();
    assertThat(attempt(killed, WHOLE).result()).isEqualTo(Result.UNKNOWN);
  }

  @Test
  void everyCheckHasANameOfItsOwn() {
    assertThat(EscapeChecks.ALL).extracting(EscapeCheck::name).doesNotHaveDuplicates();
  }

  private List<Finding> findings(SandboxReport report) throws InterruptedException, IOException {
    var findings = new ArrayList<Finding>();
    try (var arena = Arena.build(folder)) {
      var trial = new EscapeTrial(new BareRunner(), arena);
      for (EscapeCheck check : EscapeChecks.ALL) {
        findings.add(trial.attempt(check, WorkKind.RUN, report));
      }
    }
    return findings;
  }

  private Finding attempt(EscapeCheck check, SandboxReport report)
      throws InterruptedException, IOException {
    try (var arena = Arena.build(folder)) {
      return new EscapeTrial(new BareRunner(), arena).attempt(check, WorkKind.RUN, report);
    }
  }

  private static boolean isUser() {
    return !System.getProperty("user.name").equals("root");
  }
}
