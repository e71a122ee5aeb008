package io.numa.avatar.run.guard;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.secret.SecretAutomaton;
import io.numa.avatar.run.text.Names;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for secrets in the additions of a change. It finds all forms that are redacted, except
 * forms of less than 8 bytes, and except single lines of a secret that may be ordinary text.
 */
public final class SecretScan {
  private static final int NAMED = 10;

  private final SecretAutomaton automaton;
  private final Set<WorkspacePath> found = new LinkedHashSet<>();

  private SecretScan(SecretAutomaton automaton) {
    this.automaton = automaton;
  }

  /**
   * Refuses a staged change that would make a secret public. A push cannot be undone.
   *
   * @throws StageFailedException of kind {@code DENIED}; the message names the files, but not the
   *     secrets
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
    return Names.first(NAMED, List.copyOf(found), path -> "'" + path + "'");
  }
}
