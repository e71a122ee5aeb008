package io.numa.avatar.nats.internal.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.task.TaskId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;

/** The name of a task in subjects and buckets, which may hold no blanks. */
public record TaskKey(String value) {
  public static TaskKey of(String backend, TaskId task) {
    byte[] name = (backend + ":" + task.value()).getBytes(UTF_8);
    return new TaskKey(Base64.getUrlEncoder().withoutPadding().encodeToString(name));
  }

  /** The backend's name, a colon, and the task's id; empty if the key was made another way. */
  public Optional<String> name() {
    try {
      byte[] name = Base64.getUrlDecoder().decode(value);
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
