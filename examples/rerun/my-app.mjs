export const myApp = {
  name: 'MyApp',
  run: ({ spec, launchDir, logger }) => {
    logger.info(`output_dir=${launchDir}`);
    logger.info(`foo=${spec.foo} time_now=${spec.time_now}`);
  },
};
