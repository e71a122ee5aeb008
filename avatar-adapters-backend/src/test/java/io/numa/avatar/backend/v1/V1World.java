package io.numa.avatar.backend.v1;

import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.server.NumaV1Backend;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The world of a backend of the second dialect, which has no topics, no claims and no leases. */
record V1World(NumaV1Backend backend) implements BackendWorld {
  @Override
  public void addTopic(String name) {
    throw new UnsupportedOperationException("there are no topics");
  }

  @Override
  public void addApplication(Application application) {
    backend.addApplication(
        number(application.id().value()),
        Map.of(
            "app_id", "app-" + application.name(),
            "name", application.name(),
            "repository_url", application.repository().value()));
  }

  @Override
  public void addTask(Task task) {
    var fields = new HashMap<String, Object>();
    fields.put("title", task.title());
    fields.put("description", ((PlanSource.Prose) task.plan()).text());
    fields.put("status", word(task.state()));
    fields.put("application_id", number(task.application().value()));
    fields.put("code_branch", task.branch().value());
    backend.addTask(number(task.id().value()), fields);
  }

  @Override
  public void addTaskWithoutApplication(TaskId id, TaskState state) {
    backend.addTask(number(id.value()), Map.of("title", "Unfit", "status", word(state)));
  }

  /** Makes the task ready, which is all that announces it. */
  @Override
  public MessageId announce(TaskId task) {
    backend.addTask(number(task.value()), Map.of("title", "Ready"));
    return new MessageId(task + "#1");
  }

  @Override
  public MessageId announceNothing() {
    throw new UnsupportedOperationException("there are no messages");
  }

  @Override
  public void awaitPoll() throws Exception {
    backend.awaitRequests(
        "a poll",
        all -> all.stream().anyMatch(request -> request.path().endsWith("/development/")),
        Duration.ofSeconds(5));
  }

  @Override
  public void cancel(TaskId task) {
    backend.edit(number(task.value()), "status", "cancelled");
  }

  @Override
  public void giveToAnother(TaskId task) {
    backend.edit(number(task.value()), "status", "in_progress");
  }

  @Override
  public boolean letAnotherClaim(TaskId task) {
    giveToAnother(task);
    return true;
  }

  @Override
  public void grantLeases(Duration lease) {
    throw new UnsupportedOperationException("there are no leases");
  }

  @Override
  public void pass(Duration time) {
    throw new UnsupportedOperationException("there are no leases");
  }

  @Override
  public void refuseCredentials() {
    backend.withToken("an unknown token");
  }

  @Override
  public void goAway() {
    backend.close();
  }

  @Override
  public List<String> story(TaskId task) {
    return backend.statuses(number(task.value())).stream()
        .map(word -> word.toUpperCase(Locale.ROOT))
        .toList();
  }

  private static long number(String id) {
    return Long.parseLong(id);
  }

  private static String word(TaskState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
