package io.numa.avatar.followup;

import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.journal.FollowUpJournal;
import io.numa.avatar.port.journal.WatchedChange;
import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a source, of which one that continues another task, or a change request, has the
 * branch and the base of that one. As safe for use by several threads as the source.
 */
public final class ContinuedTasks implements TaskSource {
  /** A longer chain of tasks that continue each other is an error. */
  private static final int MAX_CHAIN = 10;

  private static final int REMEMBERED = 200;

  private final TaskSource tasks;
  private final FollowUpJournal journal;
  private final Reviews reviews;

  /** What was found last, so that a running task can be read again without further requests. */
  private final Map<Link, Course> found = new LinkedHashMap<>();

  private record Link(TaskId task, String continues) {}

  private record Course(BranchName branch, Optional<BranchName> base) {
    static Course of(WatchedChange change) {
      return new Course(change.branch(), Optional.of(change.target()));
    }
  }

  public ContinuedTasks(TaskSource tasks, FollowUpJournal journal, Reviews reviews) {
    this.tasks = tasks;
    this.journal = journal;
    this.reviews = reviews;
  }

  /** Whether this names a change request and not a task. */
  static boolean isUrl(String continues) {
    return continues.startsWith("https://") || continues.startsWith("http://");
  }

  @Override
  public Task task(TaskId id) throws InterruptedException {
    Task task = tasks.task(id);
    Optional<String> continues = task.options().continues();
    if (continues.isEmpty()) {
      return task;
    }
    Course course = course(task, continues.get(), 1);
    var notes = new ArrayList<>(task.options().notes());
    notes.add("it continues " + continues.get() + ", on the branch " + course.branch());
    return new Task(
        task.id(),
        task.title(),
        task.state(),
        task.application(),
        course.branch(),
        course.base(),
        task.plan(),
        task.options().withNotes(notes));
  }

  private Course course(Task task, String continues, int links) throws InterruptedException {
    var link = new Link(task.id(), continues);
    Optional<Course> known = remembered(link);
    if (known.isPresent()) {
      return known.get();
    }
    Course course = isUrl(continues) ? ofRequest(task, continues) : ofTask(task, continues, links);
    remember(link, course);
    return course;
  }

  private Course ofRequest(Task task, String url) throws InterruptedException {
    Application application = tasks.application(task.application());
    Optional<WatchedChange> watched =
        journal.watched().stream()
            .filter(change -> change.url().equals(url))
            .filter(change -> change.repository().equals(application.repository()))
            .findFirst();
    if (watched.isPresent()) {
      return Course.of(watched.get());
    }
    if (!reviews.serves(application.repository())) {
      throw invalid(task, Reviews.unsupported(application.repository()).getMessage());
    }
    ChangeReview review = read(task, application, url);
    if (!review.open()) {
      throw invalid(task, "the change request '" + url + "' is closed, merged, or from a fork");
    }
    return new Course(review.branch(), Optional.of(review.target()));
  }

  private ChangeReview read(Task task, Application application, String url)
      throws InterruptedException {
    try {
      return reviews.read(application.repository(), url);
    } catch (PortException e) {
      if (e.retryable()) {
        throw e;
      }
      throw invalid(task, e.getMessage());
    }
  }

  private Course ofTask(Task task, String continues, int links) throws InterruptedException {
    if (links > MAX_CHAIN || continues.equals(task.id().value())) {
      throw invalid(task, "the tasks continue each other without an end");
    }
    Task earlier = earlier(task, continues);
    if (!earlier.application().equals(task.application())) {
      throw invalid(task, "task " + continues + " is of another application");
    }
    Optional<String> before = earlier.options().continues();
    if (before.isPresent()) {
      return course(earlier, before.get(), links + 1);
    }
    return journal.watched().stream()
        .filter(change -> change.task().equals(earlier.id()))
        .findFirst()
        .map(Course::of)
        .orElseGet(() -> new Course(earlier.branch(), earlier.base()));
  }

  private Task earlier(Task task, String id) throws InterruptedException {
    try {
      return tasks.task(new TaskId(id));
    } catch (InvalidTaskException | IllegalArgumentException e) {
      throw invalid(task, String.valueOf(e.getMessage()));
    } catch (PortException e) {
      if (e.retryable()) {
        throw e;
      }
      throw invalid(task, "task " + id + ": " + e.getMessage());
    }
  }

  private static InvalidTaskException invalid(Task task, String problem) {
    return new InvalidTaskException(task.id(), task.state(), List.of("continues: " + problem));
  }

  private synchronized Optional<Course> remembered(Link link) {
    @Nullable Course course = found.get(link);
    return Optional.ofNullable(course);
  }

  private synchronized void remember(Link link, Course course) {
    found.put(link, course);
    if (found.size() > REMEMBERED) {
      found.remove(found.keySet().iterator().next());
    }
  }

  @Override
  public Application application(ApplicationId id) throws InterruptedException {
    return tasks.application(id);
  }
}
