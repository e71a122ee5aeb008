package io.numa.avatar.nats;

import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.nats.internal.layout.ReportLayout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.internal.report.StreamReports;
import io.numa.avatar.nats.internal.report.StreamTasks;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.queue.TaskDocuments;

/**
 * A queue on NATS JetStream in place of a backend: its messages hold whole tasks, reports go to the
 * stream {@code NUMA_REPORTS}, and orders come from {@code NUMA_CONTROL}. It connects when it is
 * first used, and makes the streams that are missing. Safe for use by several threads.
 */
public final class NatsTasks implements AutoCloseable {
  private final Link link;
  private final StreamTasks tasks;
  private final StreamReports reports;

  /**
   * @param documents reads tasks and writes reports
   */
  public NatsTasks(NatsSettings settings, TaskDocuments documents) {
    this(new Link(settings), settings, documents);
  }

  NatsTasks(Link link, NatsSettings settings, TaskDocuments documents) {
    this.link = link;
    var layout = new ReportLayout(settings);
    var site = new Site(new Layout(settings), layout.whole());
    this.tasks = new StreamTasks(link, site, layout, documents);
    this.reports = new StreamReports(link, site, layout, documents);
  }

  /** The tasks. A task's state is what its reports and orders tell, if they are later. */
  public TaskSource tasks() {
    return tasks;
  }

  public StatusReporter statuses() {
    return reports;
  }

  /** Closes the connection. Later calls fail. */
  @Override
  public void close() {
    link.close();
  }
}
