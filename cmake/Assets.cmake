# Style sheets and scripts of ours, and the fonts and htmx that npm fetched by lock file, embedded in the web room.
set(modules ${CMAKE_SOURCE_DIR}/node_modules)
if(NOT EXISTS ${modules}/htmx.org/dist/htmx.min.js)
  message(FATAL_ERROR "The page scripts and fonts are missing. Run 'npm ci --omit=dev' in ${CMAKE_SOURCE_DIR}, or let ./run do it.")
endif()

file(GLOB asset_files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} src/web/assets/*.css src/web/assets/*.js src/web/assets/*.svg src/web/assets/*.txt)
set(asset_names ${asset_files})
list(TRANSFORM asset_names REPLACE "^src/web/assets/" "")
set(inter node_modules/@fontsource-variable/inter/files)
set(serif node_modules/@fontsource-variable/source-serif-4/files)
list(APPEND asset_files
  node_modules/htmx.org/dist/htmx.min.js
  ${inter}/inter-latin-wght-normal.woff2 ${inter}/inter-latin-ext-wght-normal.woff2
  ${serif}/source-serif-4-latin-wght-normal.woff2 ${serif}/source-serif-4-latin-wght-italic.woff2
  ${serif}/source-serif-4-latin-ext-wght-normal.woff2)
list(APPEND asset_names
  htmx.js inter.woff2 inter-ext.woff2 source-serif.woff2 source-serif-italic.woff2 source-serif-ext.woff2)
waymark_embed(web NAME assets ROOT ${CMAKE_SOURCE_DIR} FILES ${asset_files} AS ${asset_names})
