/** Offenders: each class breaks the architecture rule that it names, so that the rule is seen. */
@NullMarked
package io.numa.avatar.hexagonfixtures.avatar;

import org.jspecify.annotations.NullMarked;
