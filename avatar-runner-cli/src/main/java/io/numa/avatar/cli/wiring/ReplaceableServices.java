package io.numa.avatar.cli.wiring;

import io.numa.avatar.git.forge.GerritChangeRequests;
import io.numa.avatar.git.forge.HttpChangeRequests;
import io.numa.avatar.git.forge.ServiceChangeRequests;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.Trailer;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.util.List;

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
}
