package io.numa.avatar.run.guard;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.secret.SecretAutomaton;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Looks for secrets in what a change adds. It finds them in all forms that are redacted, but for
 * those of less than 8 bytes, and lines of a longer secret that may stand anywhere.
 */
public final class SecretScan {
  private static final int NAMED = 10;

  private final SecretAutomaton automaton;
  private final Set<WorkspacePath> found = new LinkedHashSet<>();

  private SecretScan(SecretAutomaton automaton) {
    this.automaton = automaton;
  }

  /**
   * Refuses a staged change that would make a secret public: what was pushed cannot be unsaid.
   *
   * @throws StageFailedException of kind {@code DENIED}, with the files and without the secrets
   */
  public static void check(StagedChange change, Redactor redactor) throws StageFailedException {
    var scan = new SecretScan(redactor.automaton());
    change.added(scan::file);
    if (!scan.found.isEmpty()) {
      throw new StageFailedException(
          FailureKind.DENIED,
          redactor.redact(
              "the change is not allowed: it adds a secret of the avatar's configuration to "
                  + scan.files()
                  + "; take it out, and change the secret if others may have seen it"));
    }
  }

  private OutputSink file(WorkspacePath path) {
    return new OutputSink() {
      private int state;

      @Override
      public void write(byte[] buffer, int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
          state = automaton.next(state, buffer[at]);
          if (automaton.givesAway(state)) {
            found.add(path);
          }
        }
      }
    };
  }

  private String files() {
    var names = new StringBuilder();
    found.stream()
        .limit(NAMED)
        .forEach(path -> names.append(names.isEmpty() ? "'" : ", '").append(path).append("'"));
    int more = found.size() - NAMED;
    return more > 0 ? names + " and " + more + " more" : names.toString();
  }
}
