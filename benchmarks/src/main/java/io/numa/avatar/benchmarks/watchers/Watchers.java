package io.numa.avatar.benchmarks.watchers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.time.Background;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * People and programs that watch a task: pages in browsers, {@code log --follow}, and commands that
 * ask from time to time. They leave when they are closed.
 */
final class Watchers implements AutoCloseable {
  static final int PAGES = 30;
  static final int FOLLOWERS = 10;
  static final int COMMANDS = 10;

  /** How long a page collects events before it loads what has changed, as its script does. */
  private static final Duration PACE = Duration.ofMillis(300);

  /** How often a program asks. */
  private static final Duration ASKS = Duration.ofMillis(500);

  private static final Duration MOMENT = Duration.ofMillis(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final WatchedAvatar avatar;
  private final String token;
  private final String task;
  private final CountDownLatch there = new CountDownLatch(PAGES);
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<InputStream> streams = new ConcurrentLinkedQueue<>();
  private final AtomicLong answers = new AtomicLong();

  private interface Watching {
    void watch() throws IOException, InterruptedException;
  }

  private Watchers(WatchedAvatar avatar, String task) throws IOException {
    this.avatar = avatar;
    this.token = avatar.token();
    this.task = task;
  }

  /** Begins to watch a task that has yet to begin; returns when all pages get events. */
  static Watchers of(WatchedAvatar avatar, String task) throws IOException, InterruptedException {
    var watchers = new Watchers(avatar, task);
    watchers.start(PAGES, watchers::page);
    watchers.start(FOLLOWERS, watchers::follow);
    watchers.start(COMMANDS, watchers::ask);
    watchers.there.await();
    return watchers;
  }

  private void start(int count, Watching watching) {
    for (int i = 0; i < count; i++) {
      var thread = new Thread(() -> watch(watching), "watcher");
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private static void watch(Watching watching) {
    try {
      watching.watch();
    } catch (IOException | InterruptedException e) {
      // It has left, as it was told.
    }
  }

  /** How many answers and events have come. */
  long answers() {
    return answers.get();
  }

  private void page() throws IOException, InterruptedException {
    InputStream events = events().body();
    streams.add(events);
    try (var lines = new BufferedReader(new InputStreamReader(events, UTF_8))) {
      lines.readLine();
      there.countDown();
      long next = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:")) {
          answers.incrementAndGet();
          Background.pause(PACE);
          load("/tasks/" + task + "?part=story");
          next = load("/tasks/" + task + "/log?from=" + next);
        }
      }
    }
  }

  /** A kept connection may be closed just when it is used again. */
  private HttpResponse<InputStream> events() throws InterruptedException {
    while (true) {
      try {
        return client.send(request("/api/v1/events"), BodyHandlers.ofInputStream());
      } catch (IOException e) {
        Background.pause(MOMENT);
      }
    }
  }

  /** Returns where a log goes on. */
  private long load(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request(path), BodyHandlers.ofString());
    answers.incrementAndGet();
    return answer.headers().firstValueAsLong("X-Next").orElse(0);
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(avatar.address().resolve(path))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  private void follow() throws IOException, InterruptedException {
    while (!converse("{\"do\": \"log\", \"follow\": true, \"task\": \"" + task + "\"}", true)) {
      Background.pause(MOMENT); // The task has not begun.
    }
  }

  private void ask() throws IOException, InterruptedException {
    while (true) {
      converse("{\"do\": \"status\"}", false);
      converse("{\"do\": \"task\", \"task\": \"" + task + "\"}", false);
      Background.pause(ASKS);
    }
  }

  /** Returns whether the avatar has not refused the request. */
  private boolean converse(String request, boolean follow) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(avatar.control()));
      channel.write(ByteBuffer.wrap((request + "\n").getBytes(UTF_8)));
      var lines = new BufferedReader(Channels.newReader(channel, UTF_8));
      String line = lines.readLine();
      boolean taken = line != null && line.startsWith("{\"ok\"");
      while (line != null && taken && follow && line.contains("\"open\":true")) {
        answers.incrementAndGet();
        line = lines.readLine();
      }
      answers.incrementAndGet();
      return taken;
    }
  }

  /** Has all leave, and waits until they have. */
  @Override
  public void close() throws IOException, InterruptedException {
    for (InputStream stream : streams) {
      stream.close(); // An interrupt alone does not end a read of the JDK's client.
    }
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
