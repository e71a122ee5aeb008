package io.numa.avatar.operation;

import io.numa.avatar.run.guard.DiskSpace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an avatar is and does.
 *
 * @param startedAt when its worker began; empty if none runs
 * @param concurrency how many tasks may run at once
 * @param running the tasks that it works on, the first begun one first
 * @param waiting how many announced tasks wait to be begun
 * @param why why it takes no further task at present, the most urgent reason first; empty if it is
 *     about to take one
 */
public record AvatarStatus(
    Identity avatar,
    RunState state,
    Optional<Instant> startedAt,
    int concurrency,
    List<RunningTask> running,
    int waiting,
    List<Waiting> why,
    BackendContact backend,
    List<DiskSpace> disks,
    ReportBacklog reports) {

  /**
   * What does not change while an avatar runs, but for its agents.
   *
   * @param id {@code avatar.id}
   * @param topic the name of the topic that it listens to
   * @param version of the program
   * @param backend the backend's address, without credentials
   * @param sandbox the level of the sandbox that its commands get, in a word
   * @param agents the operator's names for its coding agents; they change when the configuration is
   *     read anew
   */
  public record Identity(
      String id,
      String topic,
      String version,
      Optional<String> backend,
      String sandbox,
      List<String> agents) {
    public Identity {
      agents = List.copyOf(agents);
    }

    public Identity withAgents(List<String> names) {
      return new Identity(id, topic, version, backend, sandbox, names);
    }
  }

  public AvatarStatus {
    running = List.copyOf(running);
    why = List.copyOf(why);
    disks = List.copyOf(disks);
  }
}
