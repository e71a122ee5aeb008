package io.numa.avatar.cli.wiring;

import io.numa.avatar.git.forge.GerritChangeRequests;
import io.numa.avatar.git.forge.HttpChangeRequests;
import io.numa.avatar.git.forge.ServiceChangeRequests;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.CommitChecks;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.port.repository.Trailer;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The hosting services, whose credentials can change while calls run. */
final class ReplaceableServices implements ChangeRequests, AutoCloseable {
  private volatile Services services;

  /** What is made from one configuration. */
  record Services(GerritChangeRequests gerrit, HttpChangeRequests http) {
    ChangeRequests all() {
      return new ServiceChangeRequests(gerrit, http);
    }
  }

  ReplaceableServices(Services services) {
    this.services = services;
  }

  /** Makes all further calls by other services. The running ones end by themselves. */
  void use(Services others) {
    services = others;
  }

  /** The reviews at the services in use. */
  Reviews reviews() {
    return new Replaceable(() -> services.http().reviews());
  }

  @Override
  public ProposedChange open(ChangeRequest request) throws InterruptedException {
    return services.all().open(request);
  }

  @Override
  public List<Trailer> trailers(RepositoryUrl repository, TaskId task) {
    return services.all().trailers(repository, task);
  }

  /** Cancels running calls of the services in use, and closes their connections. */
  @Override
  public void close() {
    services.http().close();
  }

  /** The reviews at the hosting services in use, whose credentials can change. */
  private static final class Replaceable implements Reviews {
    private final Supplier<Reviews> current;

    Replaceable(Supplier<Reviews> current) {
      this.current = current;
    }

    @Override
    public boolean serves(RepositoryUrl repository) {
      return current.get().serves(repository);
    }

    @Override
    public ChangeReview read(RepositoryUrl repository, String url) throws InterruptedException {
      return current.get().read(repository, url);
    }

    @Override
    public CommitChecks checks(RepositoryUrl repository, CommitId commit)
        throws InterruptedException {
      return current.get().checks(repository, commit);
    }

    @Override
    public Optional<String> logEnd(RepositoryUrl repository, String log)
        throws InterruptedException {
      return current.get().logEnd(repository, log);
    }

    @Override
    public boolean mayWrite(RepositoryUrl repository, String login) throws InterruptedException {
      return current.get().mayWrite(repository, login);
    }

    @Override
    public void answer(RepositoryUrl repository, String url, String thread, String text)
        throws InterruptedException {
      current.get().answer(repository, url, thread, text);
    }
  }
}
