package io.numa.avatar.backend;

import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.server.BackendEvent;
import io.numa.avatar.testkit.server.NumaBackend;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The world of a backend over HTTP. */
record NumaWorld(NumaBackend backend) implements BackendWorld {
  @Override
  public void addTopic(String name) {
    backend.addTopic(name);
  }

  @Override
  public void addApplication(Application application) {
    var fields = new HashMap<String, Object>();
    fields.put("name", application.name());
    fields.put("git_repo_url", application.repository().value());
    application.defaultBranch().ifPresent(branch -> fields.put("default_branch", branch.value()));
    application.test().ifPresent(test -> fields.put("test_command", json(test)));
    backend.addApplication(application.id().value(), fields);
  }

  @Override
  public void addTask(Task task) {
    var fields = new HashMap<String, Object>();
    fields.put("title", task.title());
    fields.put("description", ((PlanSource.Prose) task.plan()).text());
    fields.put("status", word(task.state()));
    fields.put("application_id", Integer.parseInt(task.application().value()));
    fields.put("code_branch", task.branch().value());
    task.base().ifPresent(branch -> fields.put("base_branch", branch.value()));
    task.options().test().ifPresent(test -> fields.put("test_command", json(test)));
    task.options().timeout().ifPresent(t -> fields.put("timeout_seconds", t.toSeconds()));
    task.options().commitMessage().ifPresent(text -> fields.put("commit_message", text));
    fields.put(
        "messages",
        task.options().messages().stream()
            .map(each -> Map.of("id", each.id(), "author", each.author(), "text", each.text()))
            .toList());
    backend.addTask(task.id().value(), fields);
  }

  @Override
  public void addTaskWithoutApplication(TaskId id, TaskState state) {
    backend.addTask(id.value(), Map.of("title", "Unfit", "status", word(state)));
  }

  @Override
  public MessageId announce(TaskId task) {
    return new MessageId(String.valueOf(backend.announce(task.value())));
  }

  @Override
  public MessageId announceNothing() {
    backend.putRawMessage("{\"id\":\"nothing\",\"data\":{}}");
    return new MessageId("nothing");
  }

  @Override
  public void awaitPoll() throws Exception {
    backend.awaitRequests(1, "/messages", Duration.ofSeconds(5));
  }

  @Override
  public void cancel(TaskId task) {
    backend.cancel(task);
  }

  @Override
  public void giveToAnother(TaskId task) {
    backend.giveTo("another", task);
  }

  @Override
  public boolean letAnotherClaim(TaskId task) {
    BackendSettings settings = BackendSettings.of(backend.url(), new AvatarId("another"));
    try (HttpBackend another = new HttpBackend(settings, Backends.CLOCK)) {
      another.statuses().report(Attempt.of(task), Updates.started(1));
      return true;
    } catch (TaskTakenException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("no test interrupts its thread", e);
    }
  }

  @Override
  public void pass(Duration time) {
    backend.pass(time);
  }

  @Override
  public void grantLeases(Duration lease) {
    backend.withLease(lease);
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
    return backend.events(task).stream()
        .map(
            event ->
                event instanceof BackendEvent.StatusWritten status
                    ? status.word().toUpperCase(Locale.ROOT)
                    : ((BackendEvent.LogWritten) event).text())
        .toList();
  }

  private static String word(TaskState state) {
    return StatusWords.DEFAULT.word(state);
  }

  private static Object json(TestCommand test) {
    return Optional.of(test)
        .filter(TestCommand.Run.class::isInstance)
        .<Object>map(
            run ->
                ((TestCommand.Run) run).command() instanceof CommandLine.Argv argv
                    ? argv.words()
                    : ((TestCommand.Run) run).command().display())
        .orElse("");
  }
}
