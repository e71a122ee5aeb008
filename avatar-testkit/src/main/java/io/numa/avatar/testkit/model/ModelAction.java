package io.numa.avatar.testkit.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that a scripted model does. The actions that use a tool do not name it: the server
 * takes the tool of that purpose that the agent offers, with the parameters of its schema.
 */
public sealed interface ModelAction {
  /** It says this. The actions before the next tool are in one answer with it. */
  record Says(String text) implements ModelAction {}

  /** It asks the agent to use a tool. A script goes on when the agent has sent the result. */
  sealed interface UsesTool extends ModelAction {}

  /** It reads a file. Some agents refuse to edit a file that was not read before. */
  record Reads(String path) implements UsesTool {}

  /** It writes a whole file. */
  record Writes(String path, String content) implements UsesTool {}

  /** It replaces {@code before} by {@code after} in a file, which has it once. */
  record Edits(String path, String before, String after) implements UsesTool {}

  /** It runs a command line of a shell. */
  record RunsShell(String command) implements UsesTool {}

  /** It uses the tool of this name with exactly these arguments, offered or not. */
  record Calls(String tool, JsonNode arguments) implements UsesTool {}

  /**
   * It answers {@code times} requests with this status, then the script goes on.
   *
   * @param body empty for an error in the words of the dialect
   */
  record Fails(int status, Map<String, String> headers, Optional<String> body, int times)
      implements ModelAction {
    public Fails {
      headers = Map.copyOf(headers);
    }

    public Fails withHeader(String name, String value) {
      return new Fails(status, Map.of(name, value), body, times);
    }

    public Fails withBody(String text) {
      return new Fails(status, headers, Optional.of(text), times);
    }

    public Fails times(int count) {
      return new Fails(status, headers, body, count);
    }
  }

  /** It sends nothing until the server is closed. */
  record Hangs() implements ModelAction {}

  /**
   * It says {@code pieces} short texts, with {@code gap} after each part of the stream.
   *
   * @param pieces 10,000 at most
   */
  record Trickles(Duration gap, int pieces) implements ModelAction {
    public Trickles {
      if (pieces > 10_000) {
        throw new IllegalArgumentException("too many pieces: " + pieces);
      }
    }
  }

  /** It begins an answer, and closes the connection in the midst of it. */
  record BreaksOff() implements ModelAction {}

  static Says say(String text) {
    return new Says(text);
  }

  static Reads read(String path) {
    return new Reads(path);
  }

  /** The path is absolute, or relative to the agent's working directory. */
  static Writes write(String path, String content) {
    return new Writes(path, content);
  }

  /**
   * The path is absolute, or relative to the agent's working directory. For agents that edit with
   * patches, {@code before} and {@code after} must be whole lines.
   */
  static Edits edit(String path, String before, String after) {
    return new Edits(path, before, after);
  }

  static RunsShell shell(String command) {
    return new RunsShell(command);
  }

  static Calls call(String tool, Map<String, ?> arguments) {
    return new Calls(tool, new JsonMapper().valueToTree(arguments));
  }

  /** Every request fails in this way. */
  static Fails fail(int status) {
    return new Fails(status, Map.of(), Optional.empty(), Integer.MAX_VALUE);
  }

  static Hangs hang() {
    return new Hangs();
  }

  static Trickles trickle(Duration gap, int pieces) {
    return new Trickles(gap, pieces);
  }

  static BreaksOff breakOff() {
    return new BreaksOff();
  }
}
