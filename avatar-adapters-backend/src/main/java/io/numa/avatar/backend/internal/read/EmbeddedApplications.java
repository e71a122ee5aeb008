package io.numa.avatar.backend.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.task.ApplicationId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The applications that tasks carried inside them, so that they are not asked for again. Safe for
 * use by several threads.
 */
public final class EmbeddedApplications {
  /** To bound the memory; a forgotten application is asked for. */
  private static final int MOST = 100;

  private final Map<ApplicationId, JsonNode> known = new LinkedHashMap<>();

  /** Keeps the application in a task, or forgets it if this task carries none. */
  public synchronized void heed(ApplicationId id, JsonNode task) {
    known.remove(id);
    JsonNode application = task.path("application");
    if (ApplicationReader.namesRepository(application)) {
      known.put(id, application);
      if (known.size() > MOST) {
        known.remove(known.keySet().iterator().next());
      }
    }
  }

  public synchronized Optional<JsonNode> find(ApplicationId id) {
    return Optional.ofNullable(known.get(id));
  }
}
