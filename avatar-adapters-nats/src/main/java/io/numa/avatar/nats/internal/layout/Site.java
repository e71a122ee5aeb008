package io.numa.avatar.nats.internal.layout;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamConfiguration;
import io.numa.avatar.nats.internal.connect.Session;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What exists on the servers. It makes what is missing, and never changes what differs. Safe for
 * use by several threads.
 */
public final class Site {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOT_FOUND = 404;
  private static final String STREAMS = "";

  private final Layout layout;
  private final List<StreamConfiguration> streams;
  private final Set<String> ready = ConcurrentHashMap.newKeySet();

  public Site(Layout layout) {
    this(layout, layout.streams());
  }

  /**
   * @param streams those that {@link #prepare(Session)} makes and checks
   */
  public Site(Layout layout, List<StreamConfiguration> streams) {
    this.layout = layout;
    this.streams = List.copyOf(streams);
  }

  /**
   * Makes the streams if they are missing. Asks the servers once only.
   *
   * @throws PortException if an existing one differs
   */
  public void prepare(Session session) throws IOException, JetStreamApiException {
    if (!ready.contains(STREAMS)) {
      for (StreamConfiguration wanted : streams) {
        prepare(session.management(), wanted);
      }
      ready.add(STREAMS);
    }
  }

  /** Makes the streams and the consumer of a route if they are missing, as {@link #prepare}. */
  public void prepare(Session session, String route)
      throws InterruptedException, IOException, JetStreamApiException {
    if (!ready.contains(route)) {
      prepare(session);
      prepare(session, layout.consumer(route));
      ready.add(route);
    }
  }

  /** Asks the servers again at the next call. */
  public void forget() {
    ready.clear();
  }

  private void prepare(JetStreamManagement management, StreamConfiguration wanted)
      throws IOException, JetStreamApiException {
    List<Finding> findings = look(management, wanted);
    if (findings.stream().anyMatch(Finding::isMissing)) {
      findings = make(management, wanted);
    }
    requireNone(findings);
  }

  /** Another avatar may make it at the same moment; the server then speaks of an overlap. */
  private static List<Finding> make(JetStreamManagement management, StreamConfiguration wanted)
      throws IOException, JetStreamApiException {
    try {
      management.addStream(wanted);
      return look(management, wanted);
    } catch (JetStreamApiException e) {
      List<Finding> findings = look(management, wanted);
      if (findings.stream().anyMatch(Finding::isMissing)) {
        throw e;
      }
      return findings;
    }
  }

  private void prepare(Session session, ConsumerConfiguration wanted)
      throws InterruptedException, IOException, JetStreamApiException {
    List<Finding> findings = look(session.management(), wanted);
    if (findings.stream().anyMatch(Finding::isMissing)) {
      make(session, wanted);
      findings = look(session.management(), wanted);
    }
    requireNone(findings);
  }

  /**
   * The library leaves out a limit of -1, which it takes for none given, and the server then sets
   * one of 1,000 deliveries at a time.
   */
  private void make(Session session, ConsumerConfiguration wanted)
      throws InterruptedException, IOException, JetStreamApiException {
    String stream = layout.settings().stream();
    ObjectNode request = JSON.createObjectNode().put("stream_name", stream);
    request.set("config", ((ObjectNode) JSON.readTree(wanted.toJson())).put("max_ack_pending", -1));
    String subject = "$JS.API.CONSUMER.DURABLE.CREATE." + stream + "." + wanted.getDurable();
    new ConsumerInfo(session.request(subject, JSON.writeValueAsBytes(request))).throwOnHasError();
  }

  private static void requireNone(List<Finding> findings) {
    if (!findings.isEmpty()) {
      throw new PortException(
          FailureKind.INVALID_ANSWER,
          "could not use the queue: "
              + findings.stream().map(Finding::text).collect(joining("; "))
              + ". The avatar does not change it.");
    }
  }

  /** What differs or is missing of the streams and their consumers; changes nothing. */
  public List<Finding> look(Session session) throws IOException, JetStreamApiException {
    List<Finding> findings = new ArrayList<>();
    for (StreamConfiguration wanted : streams) {
      List<Finding> found = look(session.management(), wanted);
      findings.addAll(found);
      boolean exists = found.stream().noneMatch(Finding::isMissing);
      if (exists && wanted.getName().equals(layout.settings().stream())) {
        findings.addAll(lookAtConsumers(session.management()));
      }
    }
    return findings;
  }

  private List<Finding> lookAtConsumers(JetStreamManagement management)
      throws IOException, JetStreamApiException {
    List<Finding> findings = new ArrayList<>();
    for (String route : layout.settings().routes()) {
      findings.addAll(look(management, layout.consumer(route)));
    }
    return findings;
  }

  private static List<Finding> look(JetStreamManagement management, StreamConfiguration wanted)
      throws IOException, JetStreamApiException {
    try {
      return Differences.of(management.getStreamInfo(wanted.getName()).getConfiguration(), wanted);
    } catch (JetStreamApiException e) {
      return missing(e, "stream " + wanted.getName());
    }
  }

  private List<Finding> look(JetStreamManagement management, ConsumerConfiguration wanted)
      throws IOException, JetStreamApiException {
    try {
      return Differences.of(
          management
              .getConsumerInfo(layout.settings().stream(), wanted.getDurable())
              .getConsumerConfiguration(),
          wanted);
    } catch (JetStreamApiException e) {
      return missing(e, "consumer " + wanted.getDurable());
    }
  }

  private static List<Finding> missing(JetStreamApiException failure, String place)
      throws JetStreamApiException {
    if (failure.getErrorCode() != NOT_FOUND) {
      throw failure;
    }
    return List.of(Finding.missing(place));
  }
}
