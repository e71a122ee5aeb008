package io.numa.avatar.process.sandbox.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The filter of system calls, tried by Perl, which can make any call. The numbers are those of
 * x86_64.
 */
class HelperFilterTest {
  private static final String FORBIDDEN = "1";
  private static final String ABSENT = "38";
  private static final String NO_PROTOCOL = "93";
  private static final String NO_FAMILY = "97";
  private static final String GOOD = "0";

  /** Makes each call in a process of its own, and prints the error numbers. */
  private static final String CALLS =
      """
      $| = 1;
      for my $call (@ARGV) {
        if (!fork) {
          open STDIN, '<', '/dev/null';
          my ($number, @words) = map { $_ + 0 } split /,/, $call;
          my $self = $$;
          my $result = syscall($number, @words, (0) x (6 - @words));
          print $result == -1 ? $! + 0 : 0, "\\n" if $$ == $self;
          exit;
        }
        wait;
      }
      """;

  private static final String NEW_USERS = "0x10000000";

  /** Calls that would do something else without the filter, by what they do, with their error. */
  private static final Map<String, List<String>> REFUSED =
      Map.ofEntries(
          call("open_tree", FORBIDDEN, "428,-100,0,0"),
          call("setns", FORBIDDEN, "308,-1,0"),
          call("unshare: users", FORBIDDEN, "272," + NEW_USERS),
          call("clone: users", FORBIDDEN, "56," + NEW_USERS),
          call("clone: users, time and signal", FORBIDDEN, "56,0x10000091"),
          call("perf_event_open", FORBIDDEN, "298,0,0,-1,-1,0"),
          call("userfaultfd", FORBIDDEN, "323,1"),
          call("keyctl", FORBIDDEN, "250,0,-3,0"),
          call("add_key", FORBIDDEN, "248,0,0,0,0,-3"),
          call("request_key", FORBIDDEN, "249,0,0,0,0"),
          call("name_to_handle_at", FORBIDDEN, "303,-100,0,0,0,0"),
          call("TIOCSTI", FORBIDDEN, "16,0,0x5412,0"),
          call("TIOCSTI, with bits that the kernel drops", FORBIDDEN, "16,0,0x700005412,0"),
          call("TIOCLINUX", FORBIDDEN, "16,0,0x541c,0"),
          call("fchmod: setuid", FORBIDDEN, "91,-1,04755"),
          call("fchmodat: setuid", FORBIDDEN, "268,-1,0,04755"),
          call("fchmodat2: setuid", FORBIDDEN, "452,-1,0,04755,0"),
          call("chmod: setuid", FORBIDDEN, "90,0,04755"),
          call("chmod, with bits that the kernel drops", FORBIDDEN, "90,0,0x700000800"),
          call("creat: setuid", FORBIDDEN, "85,0,04755"),
          call("open: setuid", FORBIDDEN, "2,0,0102,04755"),
          call("openat: setuid", FORBIDDEN, "257,-1,0,0102,04755"),
          call("openat: a nameless file with setuid", FORBIDDEN, "257,-1,0,020200002,04755"),
          call("mknod: setuid", FORBIDDEN, "133,0,0104755,0"),
          call("mknodat: setuid", FORBIDDEN, "259,-1,0,0104755,0"),
          call("openat2", ABSENT, "437,-1,0,0,24"),
          call("clone3", ABSENT, "435,0,0"),
          call("io_uring_setup", ABSENT, "425,1,0"),
          call("io_uring_enter", ABSENT, "426,-1,0,0,0,0,0"),
          call("io_uring_register", ABSENT, "427,-1,0,0,0"),
          call("AF_PACKET", NO_FAMILY, "41,17,3,0"),
          call("AF_VSOCK", NO_FAMILY, "41,40,0x7,0"),
          call("AF_ALG", NO_FAMILY, "41,38,0x7,0"),
          call("AF_KEY", NO_FAMILY, "41,15,3,0"),
          call("AF_CAN", NO_FAMILY, "41,29,0x7,0"),
          call("NETLINK_SOCK_DIAG", NO_PROTOCOL, "41,16,3,4"),
          call("NETLINK_GENERIC", NO_PROTOCOL, "41,16,3,16"),
          call("UDP-Lite", NO_PROTOCOL, "41,2,2,136"),
          call("a family, with bits that the kernel drops", NO_PROTOCOL, "41,0x700000010,3,4"),
          call("socketpair of a family without pairs", NO_FAMILY, "53,2,1,0,0"));

  /** Calls that the kernel refuses as well, to those without privileges. */
  private static final Map<String, List<String>> REFUSED_ANYWAY =
      Map.ofEntries(
          call("mount", FORBIDDEN, "165,0,0,0,0,0"),
          call("umount2", FORBIDDEN, "166,0,0"),
          call("pivot_root", FORBIDDEN, "155,0,0"),
          call("fsopen", FORBIDDEN, "430,0,0"),
          call("fsconfig", FORBIDDEN, "431,-1,0,0,0,0"),
          call("fsmount", FORBIDDEN, "432,-1,0,0"),
          call("fspick", FORBIDDEN, "433,-100,0,0"),
          call("move_mount", FORBIDDEN, "429,-1,0,-1,0,0"),
          call("mount_setattr", FORBIDDEN, "442,-1,0,0,0,0"),
          call("open_tree_attr", FORBIDDEN, "467,-1,0,0,0,0"),
          call("unshare: mounts", FORBIDDEN, "272,0x20000"),
          call("unshare: network", FORBIDDEN, "272,0x40000000"),
          call("unshare: time", FORBIDDEN, "272,0x80"),
          call("bpf", FORBIDDEN, "321,0,0,0"),
          call("open_by_handle_at", FORBIDDEN, "304,-1,0,0"),
          call("fanotify_init", FORBIDDEN, "300,0,0"),
          call("kexec_load", FORBIDDEN, "246,0,0,0,0"),
          call("kexec_file_load", FORBIDDEN, "320,-1,-1,0,0,0"),
          call("init_module", FORBIDDEN, "175,0,0,0"),
          call("finit_module", FORBIDDEN, "313,-1,0,0"),
          call("delete_module", FORBIDDEN, "176,0,0"),
          call("reboot", FORBIDDEN, "169,0,0,0,0"),
          call("swapon", FORBIDDEN, "167,0,0"),
          call("acct", FORBIDDEN, "163,0"),
          call("syslog", FORBIDDEN, "103,-1,0,0"),
          call("sethostname", FORBIDDEN, "170,0,0"),
          call("iopl", FORBIDDEN, "172,3"),
          call("modify_ldt", FORBIDDEN, "154,9,0,0"),
          call("a call that no kernel of today has", ABSENT, "1000"),
          call("SOCK_PACKET", FORBIDDEN, "41,2,10,0"),
          call("x32", ABSENT, "0x40000027"));

  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          call("AF_INET", GOOD, "41,2,1,6"),
          call("AF_INET, with flags", GOOD, "41,2,0x80802,0"),
          call("AF_INET6", GOOD, "41,10,1,0"),
          call("NETLINK_ROUTE", GOOD, "41,16,3,0"),
          call("pairs", "14", "53,1,1,0,0"),
          call("unshare: files", GOOD, "272,0x400"),
          call("clone", GOOD, "56,17"),
          call("TCGETS", "25", "16,0,0x5401,0"),
          call("chmod", "14", "90,0,03777"),
          call("openat of a file that is there", "14", "257,-100,0,0,04755"),
          call("openat of a new file", "14", "257,-100,0,0102,0644"),
          call("getpid", GOOD, "39"));

  @TempDir static Path folder;
  private static Lab lab;

  @BeforeAll
  static void needsPerl() throws Exception {
    assumeThat(System.getProperty("os.arch")).isEqualTo("amd64");
    assumeThat(Path.of("/usr/bin/perl")).isExecutable();
    lab = new Lab(folder);
  }

  private static Map.Entry<String, List<String>> call(String name, String error, String words) {
    return Map.entry(name, List.of(error, words));
  }

  /** The error of each call, by its name. */
  private static Map<String, String> tried(String filter, Map<String, List<String>> calls)
      throws Exception {
    var words = new ArrayList<>(List.of("/usr/bin/perl", "-e", CALLS, "--"));
    calls.values().forEach(call -> words.add(decimal(call.get(1))));
    var result = Lab.run(lab.inner(Caller.least(), List.of("--filter", filter), words));
    var errors = result.output().lines().toList();
    assertThat(errors).as(result.output()).hasSize(calls.size());
    var tried = new LinkedHashMap<String, String>();
    calls.keySet().forEach(name -> tried.put(name, errors.get(tried.size())));
    return tried;
  }

  private static String decimal(String words) {
    return String.join(
        ",", List.of(words.split(",")).stream().map(word -> "" + Long.decode(word)).toList());
  }

  private static Map<String, String> expected(Map<String, List<String>> calls) {
    var expected = new LinkedHashMap<String, String>();
    calls.forEach((name, call) -> expected.put(name, call.get(0)));
    return expected;
  }

  @Test
  void refusesWhatCanReachOutOfTheSandbox() throws Exception {
    for (String filter : List.of("isolated", "open")) {
      assertThat(tried(filter, REFUSED)).isEqualTo(expected(REFUSED));
      assertThat(tried(filter, REFUSED_ANYWAY)).isEqualTo(expected(REFUSED_ANYWAY));
    }
  }

  /** The test above would fail without the filter; the kernel may lack some address families. */
  @Test
  void withoutAFilterTheKernelAnswersOtherwise() throws Exception {
    assumeThat(Files.readString(Path.of("/proc/self/status")))
        .as("no filter around the tests")
        .containsPattern("Seccomp:\\s0\n");
    var expected = expected(REFUSED);
    tried("none", REFUSED)
        .forEach(
            (name, error) -> {
              if (!name.startsWith("AF_")) {
                assertThat(error).as(name).isNotEqualTo(expected.get(name));
              }
            });
  }

  @Test
  void allowsWhatProgramsNeed() throws Exception {
    for (String filter : List.of("isolated", "open", "none")) {
      assertThat(tried(filter, ALLOWED)).isEqualTo(expected(ALLOWED));
    }
  }

  /** A datagram socket of a pair can send to any address. */
  @Test
  void unixSocketsAreFreeOrRefusedWithThePairsThatAreAsGood() throws Exception {
    var calls =
        Map.ofEntries(
            call("stream", FORBIDDEN, "41,1,1,0"),
            call("datagram", FORBIDDEN, "41,1,2,0"),
            call("with flags", FORBIDDEN, "41,1,0x80801,0"),
            call("with bits that the kernel drops", FORBIDDEN, "41,0x700000001,1,0"),
            call("datagram pair", FORBIDDEN, "53,1,2,0,0"),
            call("datagram pair with flags", FORBIDDEN, "53,1,0x80802,0,0"),
            call("raw pair", FORBIDDEN, "53,1,3,0,0"));

    assertThat(tried("isolated", calls)).isEqualTo(expected(calls));
    assertThat(tried("open", calls).values()).containsOnly(GOOD, "14");
  }

  @Test
  void noCallOfAnotherArchitectureIsMade() throws Exception {
    Path compiler = Path.of("/usr/bin/x86_64-linux-gnu-gcc");
    assumeThat(compiler).isExecutable();
    Path source = folder.resolve("foreign.s");
    Path program = folder.resolve("foreign");
    Files.writeString(
        source,
        """
        .globl _start
        _start:
          mov $1, %eax   # exit, as 32-bit programs call it
          mov $5, %ebx
          int $0x80
          hlt
        """);
    var build =
        Lab.run(
            List.of(compiler.toString(), "-nostdlib", "-static", "-o", "" + program, "" + source));
    assertThat(build.code()).as(build.output()).isZero();
    Lab.open(program);

    assumeThat(Lab.run(List.of(program.toString())).code()).isEqualTo(5);
    var tried =
        Lab.run(
            lab.inner(
                Caller.least(),
                List.of("--filter", "open"),
                Lab.shell("'" + program + "'; echo $?")));
    assertThat(tried.output().strip()).endsWith("159");
  }

  @Test
  void javaWorks() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    var tried =
        Lab.run(
            lab.inner(Caller.least(), List.of("--filter", "isolated"), List.of(java, "-version")));

    assertThat(tried.code()).as(tried.output()).isZero();
  }
}
