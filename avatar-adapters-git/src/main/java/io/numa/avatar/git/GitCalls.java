package io.numa.avatar.git;

import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;

/** Runs what a caller asks of JGit, and translates every failure of it. */
final class GitCalls {
  private GitCalls() {}

  /** What is asked. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  /** What is asked, and may be interrupted. */
  @FunctionalInterface
  interface InterruptibleCall<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Runs a call that needs this machine only. */
  static <T> T local(String action, Call<T> call) {
    try {
      return call.run();
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate(action, e);
    }
  }

  /** Runs a call to a remote repository. */
  static <T> T remote(String action, RepositoryUrl url, Call<T> call) {
    try {
      return call.run();
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate(action, url, e);
    }
  }

  /** The same; JGit reports an interruption as any other failure, or not at all. */
  static <T> T interruptibly(String action, RepositoryUrl url, InterruptibleCall<T> call)
      throws InterruptedException {
    Interruptions.check();
    try {
      return call.run();
    } catch (IOException | RuntimeException e) {
      Interruptions.check();
      throw GitFailures.translate(action, url, e);
    }
  }
}
