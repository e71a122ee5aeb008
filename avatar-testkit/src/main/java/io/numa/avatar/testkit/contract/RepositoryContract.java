package io.numa.avatar.testkit.contract;

import io.numa.avatar.port.repository.Repository;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests that every {@link Repository} must pass. A subclass creates one with {@link #NAME} and
 * {@link #EMAIL} as its identity.
 */
public abstract class RepositoryContract
    implements CheckoutContract,
        PatchContract,
        StagedChangeContract,
        GitFolderContract,
        ChangeReadingContract,
        RestoreTreeContract,
        RestoreIgnoredContract,
        IgnoredFilesContract,
        LeftChangeContract,
        PushContract,
        ReplayContract,
        UpstreamCommitContract,
        ConflictContract {
  /** Belongs to one test. */
  @TempDir protected Path temp;

  private int homes;

  @Override
  public Path temp() {
    return temp;
  }

  @Override
  public Path newHome() {
    return temp.resolve("home-" + homes++);
  }
}
