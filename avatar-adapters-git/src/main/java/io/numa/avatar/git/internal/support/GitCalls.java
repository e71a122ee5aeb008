package io.numa.avatar.git.internal.support;

import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.time.Interrupts;
import java.io.IOException;

/** Runs what a caller asks of JGit, and translates every failure of it. */
public final class GitCalls {
  private GitCalls() {}

  /** What is asked. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws IOException;
  }

  /** What is asked, and may be interrupted. */
  @FunctionalInterface
  public interface InterruptibleCall<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Runs a call that needs this machine only. */
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

  /** The same; JGit reports an interruption as any other failure, or not at all. */
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
