package io.numa.avatar.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * nginx and Git's own {@code http-backend} on loopback, over HTTP and HTTPS with a certificate made
 * for this run; it serves all repositories to who knows the password. Tests are skipped where it is
 * not installed.
 */
final class NginxGit implements AutoCloseable {
  static final String USER = "bot";

  private final Path folder;
  private final int port;
  private final int securePort;
  private final List<Process> processes;

  private NginxGit(Path folder, int port, int securePort, List<Process> processes) {
    this.folder = folder;
    this.port = port;
    this.securePort = securePort;
    this.processes = processes;
  }

  static NginxGit start(Path folder) throws IOException, InterruptedException {
    Path nginx = SystemPrograms.require("nginx");
    Path wrapper = SystemPrograms.require("fcgiwrap");
    Path backend = SystemPrograms.require("git-http-backend");
    Files.createDirectories(folder);
    Path certificate = folder.resolve("certificate.pem");
    SystemPrograms.run(
        "openssl",
        ("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test"
                + " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "
                + (folder.resolve("key.pem") + " -out " + certificate))
            .split(" "));
    // Not in the folder, as paths of sockets are short.
    Path socket = Files.createTempDirectory("cgi").resolve("s");
    Process cgi = start(folder, wrapper.toString(), "-c", "4", "-s", "unix:" + socket);
    SystemPrograms.await(cgi, () -> Files.exists(socket));
    int port = SystemPrograms.freePort();
    int securePort = SystemPrograms.freePort();
    Path config =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            %s
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log error.log;
            events {}
            http {
              access_log off;
              client_max_body_size 100m;
              client_body_temp_path tmp-body;
              fastcgi_temp_path tmp-fastcgi;
              proxy_temp_path tmp-proxy;
              scgi_temp_path tmp-scgi;
              uwsgi_temp_path tmp-uwsgi;
              server {
                listen 127.0.0.1:%d;
                listen 127.0.0.1:%d ssl;
                ssl_certificate certificate.pem;
                ssl_certificate_key key.pem;
                location ~ ^/downgrade(/.*)$ {
                  return 302 http://127.0.0.1:%d$1$is_args$args;
                }
                location / {
                  auth_basic git;
                  auth_basic_user_file passwords;
                  fastcgi_pass unix:%s;
                  fastcgi_param SCRIPT_FILENAME %s;
                  fastcgi_param PATH_INFO $uri;
                  fastcgi_param QUERY_STRING $query_string;
                  fastcgi_param REQUEST_METHOD $request_method;
                  fastcgi_param CONTENT_TYPE $content_type;
                  fastcgi_param CONTENT_LENGTH $content_length;
                  fastcgi_param REMOTE_USER $remote_user;
                  fastcgi_param REMOTE_ADDR $remote_addr;
                  fastcgi_param GIT_PROJECT_ROOT /;
                  fastcgi_param GIT_HTTP_EXPORT_ALL 1;
                }
              }
            }
            """
                .formatted(
                    SystemPrograms.isRoot() ? "user root;" : "",
                    port,
                    securePort,
                    port,
                    socket,
                    backend));
    Process server =
        start(folder, nginx.toString(), "-p", folder.toString(), "-c", config.toString());
    var git = new NginxGit(folder, port, securePort, List.of(server, cgi));
    git.requirePassword("not known yet");
    SystemPrograms.await(
        server, () -> SystemPrograms.listens(port) && SystemPrograms.listens(securePort));
    return git;
  }

  private static Process start(Path folder, String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.log").toFile())
        .start();
  }

  /** From now on lets in {@link #USER} with this password only. */
  void requirePassword(String password) throws IOException {
    requirePassword(USER, password);
  }

  void requirePassword(String user, String password) throws IOException {
    Path written =
        Files.writeString(folder.resolve("passwords.new"), user + ":{PLAIN}" + password + "\n");
    Files.move(
        written,
        folder.resolve("passwords"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The certificate that it shows, which has signed itself. */
  Path certificate() {
    return folder.resolve("certificate.pem");
  }

  int port() {
    return port;
  }

  int securePort() {
    return securePort;
  }

  String url(Path repository) {
    return "http://127.0.0.1:" + port + repository;
  }

  String secureUrl(Path repository) {
    return "https://127.0.0.1:" + securePort + repository;
  }

  @Override
  public void close() {
    processes.forEach(SystemPrograms::end);
  }
}
