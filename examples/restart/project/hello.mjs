console.log('hello-1');
