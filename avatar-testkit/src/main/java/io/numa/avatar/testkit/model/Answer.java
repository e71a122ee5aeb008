package io.numa.avatar.testkit.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of the model, in all dialects alike.
 *
 * @param id of the answer, unique in the server
 * @param text what the model says first; may be empty
 * @param calls the tools that the agent should use
 * @param usage the tokens that it states
 * @param delivery how the server sends it
 */
record Answer(String id, String text, List<Call> calls, ModelUsage usage, Delivery delivery) {
  private static final int PIECE = 16;

  /**
   * @param arguments an object, or a text for a tool that takes plain text
   */
  record Call(String id, String tool, JsonNode arguments) {}

  /** How an answer is sent. */
  sealed interface Delivery {
    record AtOnce() implements Delivery {}

    record Slowly(Duration gap) implements Delivery {}

    record BrokenOff() implements Delivery {}
  }

  Answer {
    calls = List.copyOf(calls);
  }

  /** Cuts a text into the pieces of a stream, in the midst of words and of JSON. */
  static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end =
          text.offsetByCodePoints(
              start, Math.min(PIECE, text.codePointCount(start, text.length())));
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }
}
