package io.numa.avatar.agent.turn;

/** Keeps the agent's last message that is not blank, out of its pieces. */
final class LastMessage {
  /** More than any message for people. */
  private static final int MAX_CHARS = 256 * 1024;

  private final StringBuilder current = new StringBuilder();
  private String earlier = "";

  void append(String piece) {
    current.append(piece, 0, Math.min(piece.length(), MAX_CHARS - current.length()));
  }

  /** The next piece begins another message. */
  void end() {
    earlier = text();
    current.setLength(0);
  }

  String text() {
    String text = current.toString().strip();
    return text.isEmpty() ? earlier : text;
  }
}
