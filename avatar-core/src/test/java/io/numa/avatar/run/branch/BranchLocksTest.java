package io.numa.avatar.run.branch;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BranchLocksTest {
  private static final RepositoryUrl REPOSITORY = RepositoryUrl.parse("/srv/a.git");
  private static final BranchName BRANCH = new BranchName("dev-1");

  private final BranchLocks branchLocks = new BranchLocks();
  private final Semaphore waiting = new Semaphore(0);
  private final Semaphore inside = new Semaphore(0);
  private final ExecutorService threads = Executors.newFixedThreadPool(3);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void letsOneAfterAnotherWorkOnABranch() throws Exception {
    var others = new ArrayList<Future<Boolean>>();
    try (var lock = branchLocks.take(REPOSITORY, BRANCH, () -> fail("no task to wait for"))) {
      inside.release();
      for (int i = 0; i < 3; i++) {
        others.add(threads.submit(this::meetsAnother));
      }
      assertThat(waiting.tryAcquire(3, 5, SECONDS)).isTrue();
      inside.acquire();
    }

    for (var other : others) {
      assertThat(other.get(5, SECONDS)).isFalse();
    }
  }

  /** Takes the lock, and returns whether another thread had it at the same time. */
  private boolean meetsAnother() throws InterruptedException {
    try (var lock = branchLocks.take(REPOSITORY, BRANCH, waiting::release)) {
      inside.release();
      boolean company = inside.tryAcquire(2, 50, MILLISECONDS);
      if (!company) {
        inside.acquire();
      }
      return company;
    }
  }

  @Test
  void letsWorkOnDifferentBranchesAndRepositoriesGoOnTogether() throws Exception {
    var taken = new ArrayList<BranchLocks.BranchLock>();
    for (var repository : List.of(REPOSITORY, RepositoryUrl.parse("/srv/b.git"))) {
      for (var branch : List.of(BRANCH, new BranchName("dev-2"))) {
        taken.add(branchLocks.take(repository, branch, () -> fail("no task to wait for")));
      }
    }

    assertThat(taken).hasSize(4);
  }

  @Test
  void isWithoutTraceOfOneWhoGaveUpWaiting() throws Exception {
    try (var lock = branchLocks.take(REPOSITORY, BRANCH, () -> fail("no task to wait for"))) {
      var impatient = new Thread(this::giveUp, "impatient");
      impatient.start();
      assertThat(waiting.tryAcquire(5, SECONDS)).isTrue();
      impatient.interrupt();
      assertThat(waiting.tryAcquire(5, SECONDS)).isTrue();
    }

    assertThat(threads.submit(this::meetsAnother).get(5, SECONDS)).isFalse();
    assertThat(waiting.availablePermits()).isZero();
  }

  private void giveUp() {
    try {
      branchLocks.take(REPOSITORY, BRANCH, waiting::release);
    } catch (InterruptedException e) {
      waiting.release();
    }
  }
}
