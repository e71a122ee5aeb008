package io.numa.avatar.cli.sandbox;

import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.Guarantee;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.nio.file.Path;
import java.util.List;

/** Tries all checks without a sandbox, in a folder, and prints a line for each. */
final class BareMain {
  private BareMain() {}

  public static void main(String[] arguments) throws Exception {
    var nothing = new SandboxReport(SandboxProfile.OFF, "none", List.of(), List.of());
    try (var arena = Arena.build(Path.of(arguments[0]))) {
      var trial = new EscapeTrial(new BareRunner(), arena, Redactor.of(List.of()));
      for (EscapeCheck check : EscapeChecks.ALL) {
        Finding finding = trial.attempt(check, WorkKind.RUN, nothing);
        Guarantee guarantee = check.guarantee();
        System.out.println(
            String.join(
                "\t",
                finding.result().word(),
                guarantee.word(),
                check.name(),
                check.heldAnyway(),
                finding.detail()));
      }
    }
  }
}
