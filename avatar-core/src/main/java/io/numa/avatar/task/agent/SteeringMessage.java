package io.numa.avatar.task.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * What a person tells the coding agent of a running task. The texts are as the sender wrote them.
 *
 * @param id identifies the message within its task: it is accepted once
 * @param author who sent it, by the sender's own word
 */
public record SteeringMessage(String id, String author, String text) {
  /** The most bytes of a text, in UTF-8. */
  public static final int MAX_BYTES = 16 * 1024;

  /** The author of a message whose sender does not tell one. */
  public static final String NO_AUTHOR = "operator";

  /**
   * A new message.
   *
   * @param author who sends it; {@link #NO_AUTHOR} if it is blank
   * @throws IllegalArgumentException if the text is blank, or has more than {@link #MAX_BYTES}
   */
  public static SteeringMessage of(String author, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the message has no text");
    }
    int bytes = text.getBytes(UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the message has " + bytes + " bytes; it may have " + MAX_BYTES);
    }
    return new SteeringMessage(
        UUID.randomUUID().toString(), author.isBlank() ? NO_AUTHOR : author, text);
  }
}
