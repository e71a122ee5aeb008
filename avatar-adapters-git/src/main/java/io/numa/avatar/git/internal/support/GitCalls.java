package io.numa.avatar.git.internal.support;

import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.time.Interrupts;
import java.io.IOException;

/** Runs calls to JGit, and translates all their failures. */
public final class GitCalls {
  private GitCalls() {}

  /** A call to JGit. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws IOException;
  }

  /** A call to JGit that may be interrupted. */
  @FunctionalInterface
  public interface InterruptibleCall<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Runs a call that uses this machine only. */
  public static <T> T local(String action, Call<T> call) {
    try {
      return call.run();
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate(action, e);
    }
  }

  /** Runs a call to a remote repository. */
  public static <T> T remote(String action, RepositoryUrl url, Call<T> call) {
    try {
      return call.run();
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate(action, url, e);
    }
  }

  /**
   * Runs a call to a remote that may be interrupted. JGit reports an interruption like any other
   * failure, or not at all.
   */
  public static <T> T interruptibly(String action, RepositoryUrl url, InterruptibleCall<T> call)
      throws InterruptedException {
    Interrupts.check();
    try {
      return call.run();
    } catch (IOException | RuntimeException e) {
      Interrupts.check();
      throw GitFailures.translate(action, url, e);
    }
  }
}
