package io.numa.avatar.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.sandbox.Finding.Result;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.Guarantee;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks find their way out where there is no sandbox; else they would prove nothing. */
class EscapeChecksTest {
  private static final SandboxReport WHOLE =
      new SandboxReport(SandboxProfile.EGRESS, "none", List.of(), List.of());

  @TempDir Path folder;

  @Test
  void everyCheckGetsOutWithoutASandbox() throws Exception {
    try (var arena = Arena.build(folder)) {
      for (EscapeCheck check : EscapeChecks.ALL) {
        Finding finding = attempt(arena, check, WHOLE);
        boolean open = finding.result() == Result.OPEN && finding.isBroken();
        assertThat(open || !check.heldAnyway().isEmpty())
            .as(check.name() + ": " + finding.result() + " " + finding.detail())
            .isTrue();
      }
    }
  }

  @Test
  void whatIsNotPromisedBreaksNothing() throws Exception {
    EscapeCheck open = new EscapeCheck(Guarantee.FILES, "gets out", "open here");
    var lacking = new SandboxReport(SandboxProfile.EGRESS, "none", List.of("files"), List.of());
    try (var arena = Arena.build(folder)) {
      assertThat(attempt(arena, open, WHOLE).isBroken()).isTrue();
      assertThat(attempt(arena, open, lacking).isBroken()).isFalse();
    }
  }

  @Test
  void aProbeThatDoesNotComeToItsEndProvesNothing() throws Exception {
    var killed = new EscapeCheck(Guarantee.FILES, "is ended", "kill -9 $$");
    try (var arena = Arena.build(folder)) {
      Finding finding = attempt(arena, killed, WHOLE);

      assertThat(finding.isBroken()).isTrue();
      assertThat(finding.result()).isEqualTo(Result.UNKNOWN);
    }
  }

  @Test
  void everyCheckHasANameOfItsOwn() {
    assertThat(EscapeChecks.ALL).extracting(EscapeCheck::name).doesNotHaveDuplicates();
    assertThat(EscapeChecks.ALL).hasSizeGreaterThan(60);
  }

  private static Finding attempt(Arena arena, EscapeCheck check, SandboxReport report)
      throws InterruptedException, IOException {
    return new EscapeTrial(new BareRunner(), arena, Redactor.of(List.of()))
        .attempt(check, WorkKind.RUN, report);
  }
}
