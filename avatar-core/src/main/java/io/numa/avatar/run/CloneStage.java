package io.numa.avatar.run;

import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import java.util.List;
import java.util.stream.Stream;

/** Clones a task's repository, and checks out its branch. */
final class CloneStage {
  private final StageContext context;

  CloneStage(StageContext context) {
    this.context = context;
  }

  WorkingCopy run(Assignment assignment) throws InterruptedException {
    context.enter(Stage.CLONE);
    Task task = assignment.task();
    RunListener listener = context.environment().listener();
    WorkingCopy copy =
        context
            .ports()
            .repository()
            .checkOut(
                checkout(task, assignment.application()),
                progress -> listener.transferred(task.id(), progress));
    CommitId base = copy.base().id();
    context.progress().checkedOut(task.branch(), base);
    context.say("branch " + task.branch() + " at " + base);
    copy.base().notes().forEach(context::say);
    return copy;
  }

  private CheckoutRequest checkout(Task task, Application application) {
    List<BranchName> bases =
        Stream.concat(task.base().stream(), application.defaultBranch().stream()).toList();
    return new CheckoutRequest(
        application.repository(), task.branch(), bases, context.home(), pushes());
  }

  private CheckoutRequest.Pushes pushes() {
    RunSettings settings = context.settings();
    if (settings.delivery() != RunSettings.Delivery.PUSH) {
      return CheckoutRequest.Pushes.NONE;
    }
    return settings.push().defaultBranchAllowed()
        ? CheckoutRequest.Pushes.ALL
        : CheckoutRequest.Pushes.ALL_BUT_DEFAULT;
  }
}
