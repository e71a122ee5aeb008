package io.numa.avatar.run.guard;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.secret.SecretSearch;
import io.numa.avatar.run.text.Names;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for secrets in the additions of a change, also encoded or split ones. It does not look for
 * secrets of less than 8 bytes, and not for single lines of a secret that may be ordinary text.
 */
public final class SecretScan {
  private static final int NAMED = 10;

  private static final byte[] LINE_END = {'\n'};

  private final SecretSearch search;
  private final Set<WorkspacePath> found = new LinkedHashSet<>();
  private OutputSink file = (buffer, offset, length) -> {};

  private SecretScan(SecretSearch search) {
    this.search = search;
  }

  /**
   * Refuses a staged change that would make a secret public. A push cannot be undone.
   *
   * @throws StageFailedException of kind {@code DENIED}; the message names the files, but not the
   *     secrets
   */
  public static void check(StagedChange change, Redactor redactor) throws StageFailedException {
    var scan = new SecretScan(redactor.search());
    change.added(scan::file);
    scan.endFile();
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
    endFile();
    file = search.stream(() -> found.add(path));
    return file;
  }

  private void endFile() {
    file.write(LINE_END, 0, LINE_END.length);
  }

  private String files() {
    return Names.first(NAMED, List.copyOf(found), path -> "'" + path + "'");
  }
}
