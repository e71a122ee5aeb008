package io.numa.avatar.process;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.Command;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Runs a command that prints a hundred million bytes, for a test that gives it little memory. */
final class ManyBytes {
  private ManyBytes() {}

  public static void main(String[] args) throws InterruptedException {
    var settings =
        ProcessSettings.defaults(System.getenv()).withStrongest(ProcessControl.valueOf(args[0]));
    var count = new AtomicLong();
    new LocalCommandRunner(settings)
        .run(
            new Command(
                new Shell("head -c 50000000 /dev/zero; yes | head -c 50000000"),
                Path.of("").toAbsolutePath(),
                Map.of(),
                Duration.ofMinutes(1)),
            (buffer, offset, length) -> count.addAndGet(length));
    new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
        .println(count.get() + " bytes");
  }
}
