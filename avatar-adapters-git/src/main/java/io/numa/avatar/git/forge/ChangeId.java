package io.numa.avatar.git.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The {@code Change-Id} by which Gerrit recognises all commits of one change. */
final class ChangeId {
  static final String TRAILER = "Change-Id";

  private ChangeId() {}

  /** Computes the id; it is the same for every attempt at a task. */
  static String of(RepositoryUrl repository, TaskId task) {
    // Addresses contain no line end, so two different pairs never give the same text.
    byte[] text = (repository.value() + "\n" + task.value()).getBytes(UTF_8);
    try {
      return "I" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
