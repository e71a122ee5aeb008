package io.numa.avatar.benchmarks.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.nats.NatsPublisher;
import io.numa.avatar.nats.NatsQueue;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.queue.NatsServer;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures one server of a queue under very many avatars: each takes a task, claims it, confirms
 * and settles it, at once. Fifty avatars share a connection and an identity, as the threads of one
 * avatar do.
 */
public final class QueueSimulation {
  private static final int CONNECTIONS = 20;
  private static final int PUBLISHERS = 2;
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Set<String> PLANS = Set.of("plan");

  private final Path folder;
  private final int avatars;
  private final int tasks;
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger redeliveries = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  private QueueSimulation(Path folder, int avatars, int tasks) {
    this.folder = folder;
    this.avatars = avatars;
    this.tasks = tasks;
  }

  /** Takes an existing folder, the number of avatars, and the number of tasks. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new QueueSimulation(
            Path.of(arguments[0]).toRealPath(),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]))
        .run();
    System.exit(0);
  }

  private void run() throws IOException, InterruptedException {
    int monitor = freePort();
    try (var server = NatsServer.start(folder, "-m", String.valueOf(monitor))) {
      List<NatsQueue> queues = new ArrayList<>();
      for (int number = 0; number < CONNECTIONS - PUBLISHERS; number++) {
        queues.add(new NatsQueue(settings(server, "avatar-" + number), TimeSource.SYSTEM));
      }
      long begin = TimeSource.SYSTEM.nanoTime();
      List<Thread> threads = publishers(server);
      for (int number = 0; number < avatars; number++) {
        NatsQueue queue = queues.get(number % queues.size());
        threads.add(thread(() -> work(queue)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      report(server, monitor, TimeSource.SYSTEM.since(begin));
      queues.forEach(NatsQueue::close);
    }
  }

  private List<Thread> publishers(NatsServer server) {
    List<Thread> threads = new ArrayList<>();
    for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
      int first = publisher;
      threads.add(thread(() -> publish(server, first)));
    }
    return threads;
  }

  private interface Work {
    void go() throws InterruptedException;
  }

  private Thread thread(Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.go();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    return thread;
  }

  private void publish(NatsServer server, int first) throws InterruptedException {
    try (var publisher = new NatsPublisher(settings(server, "publisher"))) {
      for (int task = first; task < tasks; task += PUBLISHERS) {
        byte[] body = ("{\"task_id\":" + task + "}").getBytes(UTF_8);
        publisher.publish(new TaskId(String.valueOf(task)), "plan", body, "task-" + task);
      }
    }
  }

  private void work(NatsQueue queue) throws InterruptedException {
    while (ended.get() < tasks) {
      try {
        Optional<Delivery> delivery = queue.take(PLANS, WAIT);
        if (delivery.isPresent()) {
          carryOut(delivery.get());
        }
      } catch (RuntimeException e) {
        if (failures.incrementAndGet() <= 5) {
          System.err.println(e);
        }
      }
    }
  }

  private void carryOut(Delivery delivery) throws InterruptedException {
    if (delivery.message().deliveries() > 1) {
      redeliveries.incrementAndGet();
    }
    delivery.claim().take(AttemptId.random());
    delivery.claim().confirm();
    delivery.settle();
    ended.incrementAndGet();
  }

  private void report(NatsServer server, int monitor, Duration took)
      throws IOException, InterruptedException {
    String figures = figures(monitor);
    double in = figure(figures, "in_msgs");
    double out = figure(figures, "out_msgs");
    System.out.println(
        String.format(
            Locale.ROOT,
            """
            avatars %d, connections %.0f, tasks %d in %.1f s: %.0f tasks/s
            messages per task: %.1f to the server, %.1f from it
            redeliveries %d, failed calls %d
            server: %.1f s of processor time, %.1f MB resident at the end
            """,
            avatars,
            figure(figures, "connections"),
            ended.get(),
            took.toMillis() / 1e3,
            ended.get() / (took.toMillis() / 1e3),
            in / tasks,
            out / tasks,
            redeliveries.get(),
            failures.get(),
            ProcessHandle.of(server.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .map(time -> time.toMillis() / 1e3)
                .orElse(Double.NaN),
            figure(figures, "mem") / 1e6));
  }

  private static String figures(int monitor) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + monitor + "/varz")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static double figure(String figures, String name) {
    Matcher found = Pattern.compile("\"" + name + "\": ([0-9]+)").matcher(figures);
    return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
  }

  private static NatsSettings settings(NatsServer server, String avatar) {
    return NatsSettings.of(server.url(), "numa", new AvatarId(avatar));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
