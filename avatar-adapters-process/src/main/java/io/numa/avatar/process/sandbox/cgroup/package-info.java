/** Control groups of the kernel, version 2, which limit all processes of a sandbox together. */
@NullMarked
package io.numa.avatar.process.sandbox.cgroup;

import org.jspecify.annotations.NullMarked;
