package io.numa.avatar.server.api;

import io.numa.avatar.operation.LogPart;
import io.numa.avatar.server.call.CallParameters;
import io.numa.avatar.server.call.OperatorCalls;
import io.numa.avatar.server.call.RefusedCallException;
import io.numa.avatar.server.http.Answer;
import io.numa.avatar.server.http.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Gives a whole log as a file, piece by piece, so that its size does not matter. */
public final class LogFile {
  private static final int PIECE = 256 * 1024;

  /** A process that was killed may have left so many bytes of a character. */
  private static final int PART_OF_A_CHARACTER = 3;

  private final OperatorCalls calls;
  private final Clock clock;

  public LogFile(OperatorCalls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * The log of a task, as far as it is now.
   *
   * @param request may have the parameter {@code attempt}
   */
  public Answer of(String task, Request request) {
    var values = new HashMap<String, String>();
    values.put("task", task);
    request.parameter("attempt").ifPresent(attempt -> values.put("attempt", attempt));
    try {
      LogPart first = part(values, 0);
      values.put("attempt", first.attempt().toString());
      String name = new CallParameters(values, clock).task().fileName() + ".txt";
      return Answer.streamed(Answer.TEXT, out -> write(first, values, out))
          .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    } catch (RefusedCallException e) {
      return OperationsApi.error(e.problem());
    }
  }

  /**
   * What is written after the request came is left out: a log could grow faster than it is sent.
   */
  private void write(LogPart first, Map<String, String> values, OutputStream out)
      throws IOException {
    LogPart part = first;
    while (part.next() > part.offset()) {
      out.write(part.text().getBytes(StandardCharsets.UTF_8));
      if (part.next() >= first.size()) {
        return;
      }
      part = part(values, part.next());
    }
    if (first.size() - part.next() > PART_OF_A_CHARACTER) {
      throw new IOException("the log has become shorter while it was read");
    }
  }

  private LogPart part(Map<String, String> values, long offset) {
    var all = new HashMap<>(values);
    all.put("offset", Long.toString(offset));
    all.put("most", Integer.toString(PIECE));
    return calls.log(new CallParameters(all, clock));
  }
}
