package io.numa.avatar.cli.rogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.testkit.fixture.SeededRepository;
import java.util.List;

/**
 * A task that has ended.
 *
 * @param branch that the task's change belongs on
 * @param details of the last status
 */
record Ended(
    int task,
    String branch,
    JsonNode details,
    String log,
    SeededRepository repository,
    RogueWorld world) {
  String pushed(String path) {
    return repository.read(branch, path);
  }

  /** The paths of the pushed files. */
  List<String> files() {
    return repository.files(branch).keySet().stream().sorted().toList();
  }
}
