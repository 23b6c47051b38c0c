#!/bin/sh
# Prints the bill of materials: every package that the program runs with, in CycloneDX's JSON. npm run --silent sbom > rafid.cdx.json
set -eu
cd "$(dirname "$0")/.."
sh scripts/install.sh
exec npm sbom --sbom-format cyclonedx --omit dev --loglevel=error
