package io.numa.avatar.cli.command.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.nats.NatsReports;
import io.numa.avatar.nats.NatsReports.Kind;
import io.numa.avatar.nats.NatsReports.Report;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.task.TaskState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reports of a watched task, without repeats. For one thread. */
abstract class Watched implements NatsReports.Receiver {
  private static final Logger log = LoggerFactory.getLogger(Watched.class);

  private final ObjectMapper json = new ObjectMapper();
  private final Function<String, TaskState> states;
  private final Set<String> statuses = new HashSet<>();

  /** How many bytes of each attempt's log were shown. */
  private final Map<String, Long> shown = new HashMap<>();

  private TaskState state = TaskState.UNKNOWN;

  /**
   * @param states reads the state in a status
   */
  Watched(Function<String, TaskState> states) {
    this.states = states;
  }

  /** The state that the last status tells. */
  final TaskState state() {
    return state;
  }

  @Override
  public final boolean take(Report report) {
    try {
      JsonNode body = json.readTree(report.body());
      if (report.kind() == Kind.LOG) {
        takeLog(report, body);
        return false;
      }
      return takeStatus(report, body);
    } catch (JsonProcessingException e) {
      log.debug("A report is no JSON", e);
      return false;
    }
  }

  private void takeLog(Report report, JsonNode body) {
    String attempt = body.path("attempt").asText();
    long begin = body.path("offset").asLong();
    String text = body.path("logs").asText();
    long end = begin + LogChunk.length(text);
    if (end > shown.getOrDefault(attempt, 0L)) {
      shown.put(attempt, end);
      showLog(report, body, text);
    }
  }

  private boolean takeStatus(Report report, JsonNode body) {
    state = states.apply(report.body());
    String key = body.path("idempotency_key").asText("");
    if (key.isEmpty() || statuses.add(key)) {
      showStatus(report, body, state);
    }
    return state.isOver();
  }

  /** Shows a piece of the log that was not shown before. */
  abstract void showLog(Report report, JsonNode body, String text);

  /** Shows a status that was not shown before. */
  abstract void showStatus(Report report, JsonNode body, TaskState now);

  /** Shows what it has held back. */
  abstract void end();
}
