package io.numa.avatar.egress.registry.serving;

import io.numa.avatar.egress.registry.RegistrySetup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a process in a sandbox has: the ports of the served registries, and a HOME. */
final class InsideWorld implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ServedRegistries served;
  private final Path folder;
  private final List<LoopbackFront> fronts = new ArrayList<>();

  private InsideWorld(ServedRegistries served, Path folder) {
    this.served = served;
    this.folder = folder;
  }

  static InsideWorld of(RegistrySetup setup) throws IOException {
    Path folder = Files.createTempDirectory("reg");
    var world = new InsideWorld(ServedRegistries.start(setup, folder, b -> b), folder);
    for (var address : world.served.addresses()) {
      world.fronts.add(LoopbackFront.to(address));
    }
    return world;
  }

  List<Integer> ports() {
    return fronts.stream().map(LoopbackFront::port).toList();
  }

  void writeHome(Path home) throws IOException {
    for (Map.Entry<Path, String> file : served.homeFiles(ports()).entrySet()) {
      Path target = home.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }

  /** Sends a request to the first registry. */
  HttpResponse<String> send(String method, String target, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports().get(0) + target))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String target, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports().get(0) + target))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    for (LoopbackFront front : fronts) {
      front.close();
    }
    served.close();
    Files.delete(folder);
  }
}
