package io.numa.avatar.cli.wiring;

import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.journal.StateException;
import io.numa.avatar.journal.StoredJournal;
import io.numa.avatar.operation.AvatarStatus;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.StoredOverview;
import io.numa.avatar.operation.TaskStories;
import io.numa.avatar.run.history.TaskFiles;
import io.numa.avatar.run.secret.Redactor;

/** What the files of an avatar that does not run tell. It changes none. The caller closes it. */
public final class StoredAvatar implements AutoCloseable {
  private final StoredJournal journal;
  private final Overview overview;

  private StoredAvatar(StoredJournal journal, Overview overview) {
    this.journal = journal;
    this.overview = overview;
  }

  /**
   * Reads the journal of the configured avatar.
   *
   * @param avatar what the status says of it
   * @throws StateException if there is none, or if it cannot be read
   */
  public static StoredAvatar read(Configuration configuration, AvatarStatus.Identity avatar) {
    StoredJournal journal = StoredJournal.read(configuration.avatar().stateDir());
    var stories =
        new TaskStories(journal, files(configuration), Redactor.of(configuration.secrets()));
    return new StoredAvatar(
        journal,
        new StoredOverview(
            avatar,
            configuration.avatar().concurrency(),
            stories,
            WorkerModule.disks(configuration)));
  }

  /** Where the files of the configured avatar's attempts are. */
  public static TaskFiles files(Configuration configuration) {
    return new TaskFiles(configuration.avatar().logDir(), configuration.avatar().workspace());
  }

  public Overview overview() {
    return overview;
  }

  @Override
  public void close() {
    journal.close();
  }
}
