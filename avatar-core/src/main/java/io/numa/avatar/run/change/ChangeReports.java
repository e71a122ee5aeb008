package io.numa.avatar.run.change;

import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.ChangedFile.Kind;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.task.agent.ChangeReport;
import java.io.IOException;
import java.util.List;

/** Measures staged changes. */
public final class ChangeReports {
  private ChangeReports() {}

  /** The size of a change; of how the project is tested, only {@code .numa.yaml} is looked at. */
  public static ChangeReport of(StagedChange change) throws IOException {
    List<ChangedFile> files = change.changes();
    var lines = new ChangedLines();
    change.diff(lines);
    List<ChangedFile> tests = TestFiles.ofBase(files);
    int deleted = (int) tests.stream().filter(test -> test.kind() == Kind.DELETED).count();
    return new ChangeReport(
        files.size(),
        lines.insertions(),
        lines.deletions(),
        tests.size() - deleted,
        deleted,
        files.stream().anyMatch(file -> file.path().value().equals(ProjectFile.NAME)));
  }
}
