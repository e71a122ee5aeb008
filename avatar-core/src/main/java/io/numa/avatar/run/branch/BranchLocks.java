package io.numa.avatar.run.branch;

import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets only one task at a time work on a branch of a repository. Safe for use by several threads.
 */
public final class BranchLocks {
  private record Key(RepositoryUrl repository, BranchName branch) {}

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition unlocked = lock.newCondition();
  private final Set<Key> locked = new HashSet<>();

  /** Waits until no other task works on the branch; closing the lock lets the next task in. */
  public BranchLock take(RepositoryUrl repository, BranchName branch, Runnable onWait)
      throws InterruptedException {
    var key = new Key(repository, branch);
    lock.lockInterruptibly();
    try {
      if (locked.contains(key)) {
        onWait.run();
      }
      while (!locked.add(key)) {
        unlocked.await();
      }
    } finally {
      lock.unlock();
    }
    var given = new AtomicBoolean();
    return () -> {
      if (given.compareAndSet(false, true)) {
        giveBack(key);
      }
    };
  }

  private void giveBack(Key key) {
    lock.lock();
    try {
      locked.remove(key);
      unlocked.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The right to work on a branch. */
  @FunctionalInterface
  public interface BranchLock extends AutoCloseable {
    @Override
    void close();
  }
}
