package io.numa.avatar.followup;

import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.RunWorld;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.testkit.InMemoryReviews;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** An avatar that works when a test tells it to, on the thread of the test. */
final class AvatarDouble implements WorkDesk {
  final Journal journal;
  final FollowUpTasks tasks;
  private final TaskRunner runner;
  private final LookOut lookOut;
  private final Deque<TaskId> offered = new ArrayDeque<>();
  boolean room = true;

  AvatarDouble(
      RunWorld world,
      Journal journal,
      ChangeRequests forge,
      InMemoryReviews reviews,
      CodingAgents agents,
      FollowUpSettings settings) {
    this.journal = journal;
    var access = new FollowUpAccess(journal, reviews, world.settings().redactor());
    this.tasks = new FollowUpTasks(new ContinuedTasks(world.backend, journal, reviews), journal);
    Ports ports =
        world
            .ports()
            .withTasks(tasks, new FollowUpReports(world.backend, access, settings, world.clock))
            .withJournal(journal)
            .withChangeRequests(new WatchedRequests(forge, tasks, access, settings))
            .withAgents(agents);
    var proposals =
        new RunSettings.Proposals(RunSettings.Proposals.Mode.READY, List.of(), List.of());
    this.runner =
        new TaskRunner(
            ports,
            world
                .settings()
                .withAttempts(new RunSettings.Attempts(3, Duration.ofMillis(20), Duration.ZERO))
                .withPush(new RunSettings.PushPolicy(false, proposals)),
            RunListener.NONE,
            world.clock);
    this.lookOut = new LookOut(access, settings, this, agents, world.clock);
  }

  TaskOutcome run(TaskId task) throws InterruptedException {
    return runner.run(task);
  }

  /** Looks once, without the work that it leads to. */
  void look() throws InterruptedException {
    lookOut.look();
  }

  /** Carries out the tasks that it has given itself. */
  List<TaskOutcome> work() throws InterruptedException {
    var outcomes = new ArrayList<TaskOutcome>();
    for (Optional<TaskId> next = next(); next.isPresent(); next = next()) {
      outcomes.add(runner.run(next.get()));
    }
    return outcomes;
  }

  private Optional<TaskId> next() {
    return Optional.ofNullable(offered.poll());
  }

  /** Looks, and does the work that it leads to. */
  List<TaskOutcome> lookAndWork() throws InterruptedException {
    look();
    return work();
  }

  @Override
  public boolean hasRoom() {
    return room;
  }

  @Override
  public boolean has(TaskId task) {
    return offered.contains(task) || journal.find(task).isPresent();
  }

  @Override
  public void offer(TaskId task) {
    offered.add(task);
  }
}
