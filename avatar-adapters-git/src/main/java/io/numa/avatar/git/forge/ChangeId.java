package io.numa.avatar.git.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name by which Gerrit knows all commits of one change. */
final class ChangeId {
  static final String TRAILER = "Change-Id";

  private ChangeId() {}

  /** The same for every attempt at a task. */
  static String of(RepositoryUrl repository, TaskId task) {
    // No address has a line end, so that no two pairs make the same text.
    byte[] text = (repository.value() + "\n" + task.value()).getBytes(UTF_8);
    try {
      return "I" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
