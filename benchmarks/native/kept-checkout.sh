# Keeps one checkout for each task that runs at the same time, and reuses it for all later tasks.
. "${BASH_SOURCE%/*}/common.sh"
mark clone
[ -d "tree-$PLACE" ] || git clone -q --branch "$BASE" "$URL" "tree-$PLACE"
cd "tree-$PLACE"
git fetch -q origin "$BASE"
git checkout -q -f -B "$BRANCH" "origin/$BASE"
git clean -q -ffdx
change_test_commit_push
