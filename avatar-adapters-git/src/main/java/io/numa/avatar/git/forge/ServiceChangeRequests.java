package io.numa.avatar.git.forge;

import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.Trailer;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.util.List;

/**
 * Change requests at the service that a repository's host runs: by pushes to Gerrit, over HTTP for
 * all others. Safe for use by several threads.
 */
public final class ServiceChangeRequests implements ChangeRequests {
  private final GerritChangeRequests gerrit;
  private final HttpChangeRequests others;

  public ServiceChangeRequests(GerritChangeRequests gerrit, HttpChangeRequests others) {
    this.gerrit = gerrit;
    this.others = others;
  }

  @Override
  public ProposedChange open(ChangeRequest request) throws InterruptedException {
    return at(request.pushed().repository()).open(request);
  }

  @Override
  public List<Trailer> trailers(RepositoryUrl repository, TaskId task) {
    return at(repository).trailers(repository, task);
  }

  private ChangeRequests at(RepositoryUrl repository) {
    return gerrit.serves(repository) ? gerrit : others;
  }
}
